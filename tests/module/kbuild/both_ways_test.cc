// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Compares what kbuild makes by the kernel's top Makefile with what it makes by the recorded steps:
// both_ways_test DIRECTORY
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/file.h"

namespace kmod::kbuild {
namespace {

std::string& directory() {
  static std::string path;
  return path;
}

std::map<std::string, std::string> read_files(const std::string& path) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    const auto bytes = base::read_file(entry.path().string());
    EXPECT_TRUE(bytes) << bytes.error();
    if (bytes) files[entry.path().filename().string()] = *bytes;
  }
  return files;
}

// Bazel names the directory of outputs after the configuration, in which the ways differ. The debug
// information of C++ has that name, and the build ID is a checksum of all.
bool has_configuration(std::string_view section) {
  return section.starts_with(".debug_") || section.starts_with(".rela.debug_") ||
         section == ".note.gnu.build-id";
}

// The bytes of the sections, by their names, without those that hold the configuration's name.
std::multimap<std::string, std::string> read_sections(const std::string& bytes) {
  std::multimap<std::string, std::string> sections;
  const auto object = base::ElfObject::parse(bytes);
  EXPECT_TRUE(object) << object.error();
  if (!object) return sections;
  for (const base::ElfObject::Section& section : object->sections()) {
    if (!has_configuration(section.name)) sections.emplace(section.name, section.contents);
  }
  return sections;
}

bool is_of_c_alone(const std::string& name) {
  return name.starts_with("counter.") || name.starts_with("hello_c.");
}

TEST(BothWaysTest, GiveTheSameBytes) {
  const auto steps = read_files(directory() + "/steps");
  const auto top_makefile = read_files(directory() + "/top_makefile");
  EXPECT_GT(steps.size(), 1);
  EXPECT_EQ(steps.size(), top_makefile.size());
  for (const auto& [name, bytes] : steps) {
    ASSERT_TRUE(top_makefile.contains(name)) << name;
    const std::string& other = top_makefile.at(name);
    // Not EXPECT_EQ, which would print the files.
    if (is_of_c_alone(name) || name.ends_with(".symvers")) {
      EXPECT_TRUE(bytes == other) << name;
      continue;
    }
    const auto sections = read_sections(bytes);
    EXPECT_GT(sections.count(".text") + sections.count(".init.text"), 0) << name;
    EXPECT_TRUE(sections == read_sections(other)) << name;
  }
}

}  // namespace
}  // namespace kmod::kbuild

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (argc != 2) return 2;
  kmod::kbuild::directory() = argv[1];
  return RUN_ALL_TESTS();
}
