// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/linked_object.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "tests/base/elf_builder.h"

namespace kmod::link {
namespace {

using Kind = LinkRequest::InputKind;

class LinkedObjectTest : public testing::Test {
 protected:
  static std::string write(const std::string& name, const std::string& contents) {
    const std::string path = testing::TempDir() + "/linked_object_test_" + name;
    EXPECT_TRUE(base::write_file(path, contents));
    return path;
  }

  static LinkRequest request(const std::vector<LinkRequest::Library>& libraries) {
    LinkRequest request;
    request.label = "//hello:hello_ko";
    request.libraries = libraries;
    return request;
  }
};

std::string archive_of(const std::string& name, const std::string& object) {
  std::string header = name + "/";
  header.resize(48, ' ');
  header += std::to_string(object.size());
  header.resize(58, ' ');
  return "!<arch>\n" + header + "`\n" + object;
}

TEST_F(LinkedObjectTest, ReadsOnlyWhatTheLinkerUsed) {
  const std::string used = write("used.o", base::object_with_references("f", {"a"}));
  const std::string unused = write("unused.o", base::object_with_references("g", {"b"}));
  const std::string archive =
      write("lib.a", archive_of("m.o", base::object_with_references("h", {"c"})));
  const auto linked = read_linked_objects(
      request({{.label = "//x", .inputs = {{Kind::kObject, used}, {Kind::kObject, unused}}},
               {.label = "//y", .inputs = {{Kind::kArchive, archive}}}}),
      used + "\n" + archive + "(m.o)\n");
  ASSERT_TRUE(linked) << linked.error();
  ASSERT_EQ(linked->size(), 2u);
  EXPECT_EQ((*linked)[0].library, "//x");
  EXPECT_EQ((*linked)[0].file, "linked_object_test_used.o");
  EXPECT_EQ((*linked)[1].library, "//y");
  EXPECT_EQ((*linked)[1].file, "m.o");

  const std::string result = base::object_with_references("all", {"a", "c"});
  const auto object = base::ElfObject::parse(result);
  ASSERT_TRUE(object);
  EXPECT_EQ(format_references(references_of_result(*object, *linked)),
            "a\t//x\tf()\nc\t//y\th()\n");
  const std::string without_c = base::object_with_references("all", {"a"});
  const auto smaller = base::ElfObject::parse(without_c);
  ASSERT_TRUE(smaller);
  EXPECT_EQ(format_references(references_of_result(*smaller, *linked)), "a\t//x\tf()\n");
}

TEST_F(LinkedObjectTest, NamesTheInputThatItCannotRead) {
  const auto missing = read_linked_objects(
      request({{.label = "//x", .inputs = {{Kind::kObject, "no/such.o"}}}}), "no/such.o\n");
  ASSERT_FALSE(missing);
  EXPECT_EQ(
      missing.error(),
      "//hello:hello_ko: no/such.o of //x is unreadable: cannot open no/such.o: No such file or "
      "directory");
  const std::string text = write("text.o", "text");
  const auto no_elf =
      read_linked_objects(request({{.label = "//x", .inputs = {{Kind::kObject, text}}}}), text);
  ASSERT_FALSE(no_elf);
  EXPECT_EQ(no_elf.error(), "//hello:hello_ko: " + text + " of //x is not an ELF file");
  const std::string bitcode = write("lto.o", "BC\xC0\xDE and more");
  const auto intermediate = read_linked_objects(
      request({{.label = "//x", .inputs = {{Kind::kObject, bitcode}}}}), bitcode);
  ASSERT_FALSE(intermediate);
  EXPECT_EQ(intermediate.error(),
            "//hello:hello_ko: " + bitcode +
                " of //x is intermediate code of the compiler and not an object: it was compiled "
                "with -flto. Compile it without");
  const std::string archive = write("bad.a", archive_of("m.o", "text"));
  const auto bad_member = read_linked_objects(
      request({{.label = "//x", .inputs = {{Kind::kArchive, archive}}}}), archive + "(m.o)");
  ASSERT_FALSE(bad_member);
  EXPECT_EQ(bad_member.error(),
            "//hello:hello_ko: " + archive + " of //x (m.o) is not an ELF file");
}

TEST_F(LinkedObjectTest, RemovesTheTraceFromTheLinkersMessages) {
  EXPECT_EQ(
      without_trace(
          request({{.label = "//x", .inputs = {{Kind::kObject, "a.o"}, {Kind::kArchive, "b.a"}}}}),
          "a.o\nb.a(m.o)\nld.lld: error: duplicate symbol: f()\n>>> defined at a.o\n"),
      "ld.lld: error: duplicate symbol: f()\n>>> defined at a.o\n");
}

}  // namespace
}  // namespace kmod::link
