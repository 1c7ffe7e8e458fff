// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Two objects of one source have the same code and data. The arguments are the objects.

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/file.h"

namespace {

using kmod::base::ElfObject;

std::string first;   // NOLINT: set once by main(), before any test
std::string second;  // NOLINT

// What a section patches in: the offset, the kind, the name of the symbol and the addend.
using Patch = std::tuple<std::uint64_t, std::uint32_t, std::string, std::int64_t>;

struct Content {
  std::string bytes;
  std::vector<Patch> patches;
  bool operator==(const Content&) const = default;
};

// The allocated sections by name and order.
std::map<std::string, Content> sections_of(const std::string& path) {
  std::map<std::string, Content> contents;
  const auto bytes = kmod::base::read_file(path);
  EXPECT_TRUE(bytes) << path;
  if (!bytes) return contents;
  const auto object = ElfObject::parse(*bytes);
  EXPECT_TRUE(object) << path;
  if (!object) return contents;
  std::map<std::string, int> count;
  for (std::uint32_t i = 0; i < object->sections().size(); ++i) {
    const ElfObject::Section& section = object->sections()[i];
    if (!section.allocated()) continue;
    const std::string name(section.name);
    Content& content = contents[name + "#" + std::to_string(count[name]++)];
    content.bytes = section.contents;
    for (const ElfObject::Relocation& one : object->relocations(i)) {
      const ElfObject::Symbol& symbol = object->symbols()[one.symbol];
      // The symbol of a section has no name.
      const bool named = !symbol.name.empty() || symbol.section >= object->sections().size();
      content.patches.emplace_back(
          one.offset, one.type,
          std::string(named ? symbol.name : object->sections()[symbol.section].name), one.addend);
    }
  }
  return contents;
}

TEST(SameCodeTest, SectionsAreTheSame) {
  const auto left = sections_of(first);
  const auto right = sections_of(second);
  ASSERT_TRUE(left.contains(".text#0"));
  EXPECT_GT(left.at(".text#0").bytes.size(), 500U);
  EXPECT_GT(left.at(".text#0").patches.size(), 10U);
  ASSERT_EQ(left.size(), right.size());
  for (const auto& [name, content] : left) {
    ASSERT_TRUE(right.contains(name)) << name;
    EXPECT_TRUE(content == right.at(name)) << name << " differs";
  }
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (argc != 3) return 2;
  first = argv[1];
  second = argv[2];
  return RUN_ALL_TESTS();
}
