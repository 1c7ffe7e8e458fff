// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/scratch_directory.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "kmod_rules/private/base/file.h"

namespace kmod::reproducibility {
namespace {

namespace fs = std::filesystem;

TEST(ScratchDirectoryTest, RemovesATemporaryDirectory) {
  fs::path path;
  {
    const auto scratch = ScratchDirectory::create("");
    ASSERT_TRUE(scratch) << scratch.error();
    path = scratch->path();
    fs::create_directories(path / "closed/inner");
    ASSERT_TRUE(base::write_file(path / "closed/inner/file", "x"));
    fs::permissions(path / "closed/inner", fs::perms::owner_read | fs::perms::owner_exec);
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(ScratchDirectoryTest, KeepsADirectoryOfTheUser) {
  const fs::path path = fs::path(testing::TempDir()) / "scratch_directory_test/own";
  {
    const auto scratch = ScratchDirectory::create(path);
    ASSERT_TRUE(scratch) << scratch.error();
    EXPECT_EQ(scratch->path(), path);
    ASSERT_TRUE(base::write_file(path / "file", "x"));
  }
  EXPECT_TRUE(fs::exists(path / "file"));
  const auto again = ScratchDirectory::create(path);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error(), "the directory " + path.string() +
                               " is not empty: the second build would use files of an earlier "
                               "build. Empty it, or set another --scratch.");
}

TEST(ScratchDirectoryTest, RefusesPathsThatBazelOrMakeDoesNotAccept) {
  for (const char* name : {"with space", "ümlaut", "a:b", "a$b"}) {
    const auto scratch = ScratchDirectory::create(testing::TempDir() + "/" + name);
    ASSERT_FALSE(scratch) << name;
    EXPECT_TRUE(scratch.error().ends_with("Set another with --scratch or TMPDIR."))
        << scratch.error();
    EXPECT_FALSE(fs::exists(testing::TempDir() + "/" + name));
  }
}

TEST(ScratchDirectoryTest, SaysWhyADirectoryCannotBeUsed) {
  const std::string file = fs::path(testing::TempDir()) / "scratch_directory_test_file";
  ASSERT_TRUE(base::write_file(file, "x"));
  const auto scratch = ScratchDirectory::create(file + "/below");
  ASSERT_FALSE(scratch);
  EXPECT_EQ(scratch.error(), "cannot use the directory " + file + "/below: Not a directory");
}

}  // namespace
}  // namespace kmod::reproducibility
