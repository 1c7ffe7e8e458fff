// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/explanation.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/base/elf_builder.h"

namespace kmod::reproducibility {
namespace {

std::string object_with_byte(std::uint8_t value) {
  base::ElfBuilder builder;
  const std::uint32_t text = builder.add_text();
  builder.add_function("create", text, 0, 64);
  builder.set_byte(text, 4, value);
  return builder.build();
}

std::string library_of(const std::string& object) {
  std::string header = "hello.o/        0           0     0     644     ";
  header += std::to_string(object.size());
  header.resize(58, ' ');
  return "!<arch>\n" + header + "`\n" + object + (object.size() % 2 != 0 ? "\n" : "");
}

TEST(ExplanationTest, LooksIntoObjects) {
  EXPECT_EQ(explain(object_with_byte(1), object_with_byte(2)).at(0),
            "section .text, offset 0x4 of 64 bytes, in create()");
}

TEST(ExplanationTest, LooksIntoObjectsOfLibraries) {
  const Lines lines = explain(library_of(object_with_byte(1)), library_of(object_with_byte(2)));
  ASSERT_GE(lines.size(), 2u);
  EXPECT_EQ(lines[0], "member hello.o:");
  EXPECT_EQ(lines[1], "  section .text, offset 0x4 of 64 bytes, in create()");
}

TEST(ExplanationTest, ShowsLinesOfText) {
  EXPECT_EQ(explain("a\nbuilt by x\nc\n", "a\nbuilt by y\nc\n"),
            (Lines{"line 2", "  first:  built by x", "  second: built by y"}));
  EXPECT_EQ(explain("a\n", "a\nb\n"), (Lines{"line 2", "  first:  (ends)", "  second: b"}));
  EXPECT_EQ(explain("a\n\nc\n", "a\nb\n\nc\n"), (Lines{"line 2", "  first:  ", "  second: b"}));
}

TEST(ExplanationTest, CutsLongLines) {
  const std::string line(1000, 'x');
  const Lines lines = explain(line + "1", line + "2");
  EXPECT_EQ(lines.at(1), "  first:  …" + std::string(40, 'x') + "1…");
}

TEST(ExplanationTest, ShowsOtherFilesAsBytes) {
  const std::string zero(1, '\0');
  EXPECT_EQ(explain(zero + "\x01", zero + "\x02\x03").at(0), "offset 0x1 of 2 and 3 bytes");
}

TEST(ExplanationTest, ShowsDamagedFilesAsBytes) {
  const std::string good = object_with_byte(1);
  const Lines lines = explain(good, good.substr(0, 80));
  ASSERT_GE(lines.size(), 2u);
  EXPECT_EQ(lines[0], "the file the second ends before its section headers");
}

TEST(ExplanationTest, SaysThatOnlyHeadersDiffer) {
  const std::string first = object_with_byte(1);
  std::string second = first;
  second[36] = 1;  // e_ident is 16 bytes, e_flags at 48
  second[48] = 1;
  const Lines lines = explain(first, second);
  EXPECT_TRUE(lines.at(0).contains("differs in its headers only")) << lines.at(0);
}

}  // namespace
}  // namespace kmod::reproducibility
