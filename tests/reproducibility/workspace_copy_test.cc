// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/workspace_copy.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "kmod_rules/private/base/file.h"

namespace kmod::reproducibility {
namespace {

namespace fs = std::filesystem;

class WorkspaceCopyTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(root_);
    write("from/WORKSPACE", "");
    write("from/a/b.cc", "code");
  }

  void write(const std::string& path, const std::string& contents) {
    fs::create_directories((root_ / path).parent_path());
    ASSERT_TRUE(base::write_file(root_ / path, contents));
  }

  void copy() {
    const auto copied = copy_workspace(root_ / "from", root_ / "x" / "to");
    ASSERT_TRUE(copied) << copied.error();
  }

  fs::path root_ = fs::path(testing::TempDir()) / "workspace_copy_test";
  fs::path to_ = root_ / "x" / "to";
};

TEST_F(WorkspaceCopyTest, CopiesFilesWithTheirModes) {
  fs::permissions(root_ / "from/a/b.cc", fs::perms::owner_exec, fs::perm_options::add);
  copy();
  EXPECT_TRUE(fs::exists(to_ / "WORKSPACE"));
  EXPECT_EQ(base::read_file(to_ / "a/b.cc"), "code");
  EXPECT_NE(fs::status(to_ / "a/b.cc").permissions() & fs::perms::owner_exec, fs::perms::none);
}

TEST_F(WorkspaceCopyTest, LeavesOutHistoryAndLinksToOutputs) {
  write("from/.git/HEAD", "ref");
  write("from/bazel-notes/file", "mine");
  write("from/a/.git/HEAD", "ref");
  fs::create_symlink(root_, root_ / "from/bazel-out");
  copy();
  EXPECT_FALSE(fs::exists(to_ / ".git"));
  EXPECT_FALSE(fs::is_symlink(to_ / "bazel-out"));
  EXPECT_TRUE(fs::exists(to_ / "bazel-notes/file"));
  EXPECT_TRUE(fs::exists(to_ / "a/.git/HEAD"));
}

TEST_F(WorkspaceCopyTest, KeepsWhereLinksLead) {
  write("outside", "outside");
  fs::create_symlink("../WORKSPACE", root_ / "from/a/inside");
  fs::create_symlink("../../outside", root_ / "from/a/out");
  fs::create_symlink("../a", root_ / "from/a/directory");
  copy();
  EXPECT_EQ(fs::read_symlink(to_ / "a/inside"), "../WORKSPACE");
  EXPECT_EQ(fs::read_symlink(to_ / "a/out"), root_ / "outside");
  EXPECT_EQ(fs::read_symlink(to_ / "a/directory"), "../a");
}

TEST_F(WorkspaceCopyTest, RefusesACopyInsideTheWorkspace) {
  const auto copied = copy_workspace(root_ / "from", root_ / "from/a/copy");
  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error(), "the second build cannot be in the workspace itself: " +
                                (root_ / "from/a/copy").string() + " is below " +
                                (root_ / "from").string() + ". Set another --scratch.");
}

TEST_F(WorkspaceCopyTest, SaysWhatCannotBeCopied) {
  const auto copied = copy_workspace(root_ / "missing", to_);
  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error(), "cannot copy " + (root_ / "missing").string() + " to " + to_.string() +
                                ": No such file or directory");
}

}  // namespace
}  // namespace kmod::reproducibility
