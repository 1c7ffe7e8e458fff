// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/initramfs/initramfs.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace kmod::vm {
namespace {

using std::string_literals::operator""s;

// Builds a header from its fields, so that the expected bytes read like the documentation.
std::string header(std::string_view inode, std::string_view mode, std::string_view links,
                   std::string_view size, std::string_view major, std::string_view minor,
                   std::string_view name_size) {
  const auto field = [](std::string_view text) {
    return std::string(8 - text.size(), '0') + std::string(text);
  };
  return "070701" + field(inode) + field(mode) + field("0") + field("0") + field(links) +
         field("0") + field(size) + field("0") + field("0") + field(major) + field(minor) +
         field(name_size) + field("0");
}

TEST(InitramfsTest, HasExactlyTheseBytes) {
  Initramfs initramfs;
  ASSERT_TRUE(initramfs.add_file("bin/hi", 0755, "hello"));
  ASSERT_TRUE(initramfs.add_character_device("null", 0666, 1, 3));
  // 110 bytes of header; name and contents are padded to a multiple of four.
  const std::string expected = header("1", "41ED", "2", "0", "0", "0", "4") + "bin\0\0\0"s +
                               header("2", "81ED", "1", "5", "0", "0", "7") +
                               "bin/hi\0\0\0\0"s.substr(0, 10) + "hello\0\0\0"s +
                               header("3", "21B6", "1", "0", "1", "3", "5") + "null\0\0"s +
                               header("0", "0", "1", "0", "0", "0", "B") + "TRAILER!!!\0\0\0\0"s;
  EXPECT_EQ(initramfs.serialize(), expected);
}

TEST(InitramfsTest, IsTheSameForTheSameEntries) {
  const auto make = [] {
    Initramfs initramfs;
    EXPECT_TRUE(initramfs.add_directory("proc"));
    EXPECT_TRUE(initramfs.add_file("init", 0755, std::string(4097, 'x')));
    return initramfs.serialize();
  };
  EXPECT_EQ(make(), make());
  EXPECT_EQ(make().size() % 4, 0U);
}

TEST(InitramfsTest, SetsTheModeOfAnImpliedParent) {
  Initramfs initramfs;
  ASSERT_TRUE(initramfs.add_file("root/key", 0600, "k"));
  ASSERT_TRUE(initramfs.add_directory("root", 0700));
  EXPECT_TRUE(initramfs.serialize().starts_with("07070100000001000041C0"));
}

TEST(InitramfsTest, ListsItsContents) {
  Initramfs initramfs;
  ASSERT_TRUE(initramfs.add_file("bin/hi", 0754, "hello"));
  ASSERT_TRUE(initramfs.add_character_device("null", 0666, 1, 3));
  EXPECT_EQ(initramfs.describe(),
            "drwxr-xr-x          0 00000000 bin\n"
            "-rwxr-xr--          5 3610a686 bin/hi\n"
            "crw-rw-rw-          0 00000000 null\n");
}

TEST(InitramfsTest, RefusesPathsByName) {
  Initramfs initramfs;
  for (const char* path : {"", "/init", "../init", "a/../init", "a/./b", "a//b", "a/", "."}) {
    const auto status = initramfs.add_file(path, 0644, "");
    ASSERT_FALSE(status) << path;
    EXPECT_EQ(status.error(), "the path \"" + std::string(path) +
                                  "\" cannot be put into an initramfs; write it relative to the "
                                  "root and without . or .., such as \"kmod/plan\"");
  }
}

TEST(InitramfsTest, RefusesASecondEntryOfTheSameName) {
  Initramfs initramfs;
  ASSERT_TRUE(initramfs.add_file("init", 0755, ""));
  ASSERT_TRUE(initramfs.add_directory("proc"));
  EXPECT_EQ(initramfs.add_file("init", 0755, "").error(),
            "\"init\" is already in the initramfs; remove one of the two entries");
  EXPECT_EQ(initramfs.add_directory("proc").error(),
            "\"proc\" is already in the initramfs; remove one of the two entries");
}

TEST(InitramfsTest, RefusesAnEntryInsideAFile) {
  Initramfs initramfs;
  ASSERT_TRUE(initramfs.add_file("init", 0755, ""));
  EXPECT_EQ(initramfs.add_file("init/x", 0755, "").error(),
            "\"init/x\" cannot be put into the initramfs, because \"init\" is not a directory");
}

}  // namespace
}  // namespace kmod::vm
