// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/dead_debug_info.h"

#include <elf.h>
#include <gtest/gtest.h>

#include <string>

#include "kmod_rules/private/base/elf_object.h"
#include "tests/base/elf_builder.h"

namespace kmod::link {
namespace {

// An object whose section has a dead address at 8, and a live one at 16 of 24 bytes.
std::string object_with(const std::string& section_name, std::uint64_t dead = 8) {
  base::ElfBuilder builder;
  const auto text = builder.add_text(".text");
  const auto function = builder.add_function("live", text, 0, 4);
  const auto section = builder.add_section(section_name, SHT_PROGBITS, 0, 24);
  for (std::uint64_t offset = 0; offset < 24; ++offset) builder.set_byte(section, offset, 0);
  builder.add_relocation(section, dead, 0, 0, R_X86_64_NONE);
  builder.add_relocation(section, 16, function, 0, R_X86_64_64);
  return builder.build();
}

std::string contents_of(const std::string& bytes, const std::string& section_name) {
  const auto object = base::ElfObject::parse(bytes);
  EXPECT_TRUE(object) << object.error();
  for (const auto& section : object->sections()) {
    if (section.name == section_name) return std::string(section.contents);
  }
  return "";
}

std::string marked(const std::string& section_name) {
  std::string object = object_with(section_name);
  const base::Status done = mark_dead_debug_info(object);
  EXPECT_TRUE(done) << done.error();
  return contents_of(object, section_name);
}

const std::string kZeros(8, '\0');

TEST(DeadDebugInfoTest, AddressIsNone) {
  EXPECT_EQ(marked(".debug_info"), kZeros + std::string(8, '\xff') + kZeros);
  EXPECT_EQ(marked(".debug_line"), kZeros + std::string(8, '\xff') + kZeros);
}

TEST(DeadDebugInfoTest, RangeIsEmpty) {
  EXPECT_EQ(marked(".debug_ranges"), kZeros + '\1' + std::string(15, '\0'));
}

TEST(DeadDebugInfoTest, LeavesOtherSections) {
  EXPECT_EQ(marked(".data"), kZeros + kZeros + kZeros);
}

TEST(DeadDebugInfoTest, DamagedObject) {
  std::string object = object_with(".debug_info", 20);
  EXPECT_FALSE(mark_dead_debug_info(object));
}

}  // namespace
}  // namespace kmod::link
