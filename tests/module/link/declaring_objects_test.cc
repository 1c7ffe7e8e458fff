// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/declaring_objects.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "tests/base/elf_builder.h"

namespace kmod::link {
namespace {

using Kind = LinkRequest::InputKind;

std::string object_with_section(const std::string& name, std::uint64_t size = 4) {
  base::ElfBuilder builder;
  builder.add_section(name, SHT_PROGBITS, SHF_ALLOC, size);
  return builder.build();
}

std::string object_with_table(const std::string& name) {
  base::ElfBuilder builder;
  const auto section = builder.add_section(".rodata", SHT_PROGBITS, SHF_ALLOC, 8);
  builder.add_symbol(name, STT_OBJECT, section, 0, 8);
  return builder.build();
}

bool declares(const std::string& bytes) {
  const auto object = base::ElfObject::parse(bytes);
  EXPECT_TRUE(object);
  return object && declares_something(*object);
}

TEST(DeclaringObjectsTest, Are) {
  EXPECT_TRUE(declares(object_with_section(".modinfo")));
  EXPECT_TRUE(declares(object_with_section("__param")));
  EXPECT_TRUE(declares(object_with_section(".export_symbol")));
  EXPECT_TRUE(declares(object_with_section("___ksymtab_gpl+wave")));
  EXPECT_TRUE(declares(object_with_table("__mod_pci__ids_device_table")));
  EXPECT_TRUE(declares(object_with_table("__mod_device_table__pci__ids")));
}

TEST(DeclaringObjectsTest, AreNot) {
  EXPECT_FALSE(declares(object_with_section(".rodata")));
  EXPECT_FALSE(declares(object_with_section(".modinfo", 0)));
  EXPECT_FALSE(declares(object_with_table("ids")));
  EXPECT_FALSE(declares(base::object_with_references("caller", {"__mod_pci__ids_device_table"})));
}

class KeepDeclaringObjectsTest : public testing::Test {
 protected:
  static std::string write(const std::string& name, const std::string& contents) {
    const std::string path = testing::TempDir() + "/declaring_" + name;
    EXPECT_TRUE(base::write_file(path, contents));
    return path;
  }

  // Each input as its kind and path.
  static std::vector<std::pair<Kind, std::string>> keep(
      const std::vector<LinkRequest::Input>& inputs) {
    LinkRequest request;
    request.libraries = {{.label = "//x", .inputs = inputs}};
    EXPECT_TRUE(keep_declaring_objects(request, directory()));
    std::vector<std::pair<Kind, std::string>> kept;
    for (const LinkRequest::Input& input : request.libraries.front().inputs) {
      kept.emplace_back(input.kind, input.path);
    }
    return kept;
  }

  static std::string directory() { return testing::TempDir() + "/members"; }
};

using Kept = std::vector<std::pair<Kind, std::string>>;

std::string member(const std::string& name, const std::string& object) {
  std::string header = name + "/";
  header.resize(48, ' ');
  header += std::to_string(object.size());
  header.resize(58, ' ');
  return header + "`\n" + object + (object.size() % 2 == 0 ? "" : "\n");
}

TEST_F(KeepDeclaringObjectsTest, Objects) {
  const std::string ids = write("ids.o", object_with_section(".modinfo"));
  const std::string plain = write("plain.o", object_with_section(".text"));
  const std::string text = write("text.o", "text");
  EXPECT_EQ(keep({{Kind::kObject, ids},
                  {Kind::kObject, plain},
                  {Kind::kObject, text},
                  {Kind::kObject, "no/such.o"}}),
            (Kept{{Kind::kWholeObject, ids},
                  {Kind::kObject, plain},
                  {Kind::kObject, text},
                  {Kind::kObject, "no/such.o"}}));
}

TEST_F(KeepDeclaringObjectsTest, MembersOfArchives) {
  const std::string ids = object_with_section(".modinfo");
  const std::string archive = write("lib.a", "!<arch>\n" + member("ids.o", ids) +
                                                 member("plain.o", object_with_section(".text")) +
                                                 member("ids.o", object_with_section("__param")));
  const std::string first = directory() + "/0/0/ids.o";
  const std::string second = directory() + "/0/1/ids.o";
  EXPECT_EQ(keep({{Kind::kArchive, archive}, {Kind::kWholeArchive, archive}}),
            (Kept{{Kind::kWholeObject, first},
                  {Kind::kWholeObject, second},
                  {Kind::kArchive, archive},
                  {Kind::kWholeArchive, archive}}));
  const auto copied = base::read_file(first);
  ASSERT_TRUE(copied) << copied.error();
  EXPECT_EQ(*copied, ids);
}

}  // namespace
}  // namespace kmod::link
