// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/restored_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <string>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/vm/initramfs/initramfs.h"

namespace kmod::vm {
namespace {

// Zeros follow the archive, as in the device.
ReadArchive reader(std::string archive) {
  return [archive = std::move(archive), offset = std::size_t{0}](char* buffer,
                                                                 std::size_t size) mutable {
    std::memset(buffer, 0, size);
    const std::size_t rest = std::min(size, archive.size() - std::min(offset, archive.size()));
    if (rest > 0) std::copy_n(archive.begin() + static_cast<std::ptrdiff_t>(offset), rest, buffer);
    offset += size;
  };
}

std::string new_root() {
  const std::string root = testing::TempDir() + "/root/";
  std::filesystem::remove_all(root);
  std::filesystem::create_directory(root);
  return root;
}

mode_t mode(const std::string& path) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
}

Initramfs archive_with_files() {
  Initramfs archive;
  EXPECT_TRUE(archive.add_file("kmod/plan", 0644, "module hello /kmod/hello.ko\n"));
  EXPECT_TRUE(archive.add_file("kmod/empty", 0600, ""));
  EXPECT_TRUE(archive.add_file("kmod/large", 0755, std::string(200'001, 'x')));
  EXPECT_TRUE(archive.add_directory("kmod/open", 01777));
  EXPECT_TRUE(archive.add_directory("proc"));
  EXPECT_TRUE(archive.add_character_device("dev/console", 0600, 5, 1));
  return archive;
}

TEST(RestoredFilesTest, HaveTheirContentsAndModes) {
  const std::string root = new_root();
  std::filesystem::create_directory(root + "proc");
  const mode_t mask = umask(0077);
  const auto status = unpack_initramfs(reader(archive_with_files().serialize()), root);
  EXPECT_EQ(umask(mask), 0077U);
  ASSERT_TRUE(status) << status.error();
  EXPECT_EQ(base::read_file(root + "kmod/plan"), "module hello /kmod/hello.ko\n");
  EXPECT_EQ(base::read_file(root + "kmod/empty"), "");
  EXPECT_EQ(base::read_file(root + "kmod/large"), std::string(200'001, 'x'));
  EXPECT_EQ(mode(root + "kmod/plan"), 0644U);
  EXPECT_EQ(mode(root + "kmod/empty"), 0600U);
  EXPECT_EQ(mode(root + "kmod/large"), 0755U);
  EXPECT_EQ(mode(root + "kmod/open"), 01777U);
  EXPECT_FALSE(std::filesystem::exists(root + "dev/console"));
}

TEST(RestoredFilesTest, EndAtInit) {
  const std::string root = new_root();
  Initramfs archive = archive_with_files();
  ASSERT_TRUE(archive.add_file("init", 0755, "program"));
  ASSERT_TRUE(archive.add_file("behind", 0644, ""));
  const auto status = unpack_initramfs(reader(archive.serialize()), root);
  ASSERT_TRUE(status) << status.error();
  EXPECT_TRUE(std::filesystem::exists(root + "kmod/large"));
  EXPECT_FALSE(std::filesystem::exists(root + "init"));
  EXPECT_FALSE(std::filesystem::exists(root + "behind"));
}

TEST(RestoredFilesTest, DoNotReplaceOthers) {
  const std::string root = new_root();
  std::filesystem::create_directory(root + "kmod");
  ASSERT_TRUE(base::write_file(root + "kmod/plan", ""));
  const auto status = unpack_initramfs(reader(archive_with_files().serialize()), root);
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().starts_with("cannot create " + root + "kmod/plan: EEXIST"))
      << status.error();
}

TEST(RestoredFilesTest, AreRefusedFromADamagedArchive) {
  const std::string whole = archive_with_files().serialize();
  for (const std::string& damaged :
       {std::string(), whole.substr(0, 1000), "x" + whole, "TRAILER!!!" + whole}) {
    const auto status = unpack_initramfs(reader(damaged), new_root());
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error(), "the initramfs has a damaged header");
  }
}

}  // namespace
}  // namespace kmod::vm
