// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/temporary_directory.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>

#include "kmod_rules/private/base/file.h"

namespace kmod::base {
namespace {

namespace fs = std::filesystem;

TEST(TemporaryDirectoryTest, RemovesEverythingWithItsOwner) {
  ASSERT_EQ(setenv("TMPDIR", testing::TempDir().c_str(), 1), 0);
  fs::path path;
  {
    const auto directory = TemporaryDirectory::create("example");
    ASSERT_TRUE(directory) << directory.error();
    path = directory->path();
    EXPECT_TRUE(path.is_absolute());
    EXPECT_TRUE(path.filename().string().starts_with("example."));
    fs::create_directories(path / "locked");
    ASSERT_TRUE(write_file(path / "locked" / "file", "text"));
    fs::permissions(path / "locked", fs::perms::owner_read | fs::perms::owner_exec);
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(TemporaryDirectoryTest, IsBelowTheGivenDirectory) {
  ASSERT_EQ(setenv("TMPDIR", "/nonexistent", 1), 0);
  const auto directory = TemporaryDirectory::create_in(testing::TempDir(), "example");
  ASSERT_TRUE(directory) << directory.error();
  EXPECT_TRUE(
      fs::equivalent(fs::path(directory->path()).parent_path(), fs::path(testing::TempDir())));
  EXPECT_TRUE(TemporaryDirectory::create_in("/nonexistent", "example")
                  .error()
                  .contains("cannot create the directory /nonexistent/example."));
}

TEST(TemporaryDirectoryTest, SaysWhyItCannotBeCreated) {
  ASSERT_EQ(setenv("TMPDIR", "/nonexistent", 1), 0);
  EXPECT_TRUE(
      TemporaryDirectory::create("example").error().contains("no directory for temporary files"));
}

}  // namespace
}  // namespace kmod::base
