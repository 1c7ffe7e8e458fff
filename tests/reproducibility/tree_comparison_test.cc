// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/tree_comparison.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>

#include "kmod_rules/private/base/file.h"

namespace kmod::reproducibility {
namespace {

namespace fs = std::filesystem;

class TreeComparisonTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(testing::TempDir()) /
            testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(root_);
  }

  // Writes a file of the first (0) or second (1) tree, `age` seconds ago.
  void write(int tree, const std::string& path, const std::string& contents, int age = 0) {
    const fs::path file = root_ / std::to_string(tree) / path;
    fs::create_directories(file.parent_path());
    ASSERT_TRUE(base::write_file(file, contents));
    fs::last_write_time(file, fs::last_write_time(file) - std::chrono::seconds(age));
  }

  TreeComparison compared() {
    for (int tree : {0, 1}) {
      auto outputs = list_outputs(root_ / std::to_string(tree));
      EXPECT_TRUE(outputs) << outputs.error();
      trees_[tree] = *outputs;
    }
    const auto comparison = compare_trees(trees_[0], trees_[1]);
    EXPECT_TRUE(comparison) << comparison.error();
    return *comparison;
  }

  Lines reported(std::size_t explained) {
    const auto lines = report(compared(), trees_[0], trees_[1], explained, base::Demangler(""));
    EXPECT_TRUE(lines) << lines.error();
    return *lines;
  }

  fs::path root_;
  OutputTree trees_[2];
};

TEST_F(TreeComparisonTest, CountsWhatIsTheSame) {
  for (int tree : {0, 1}) write(tree, "k8/bin/hello.ko", "module");
  EXPECT_EQ(reported(5), (Lines{"compared 1 file, 6 bytes: all the same"}));
}

TEST_F(TreeComparisonTest, BeginsWithTheFileThatWasWrittenFirst) {
  write(0, "a.ko", "1");
  write(1, "a.ko", "2", 10);
  write(0, "z.o", "1");
  write(1, "z.o", "2", 20);
  EXPECT_EQ(compared().different, (std::vector<std::string>{"z.o", "a.ko"}));
  EXPECT_EQ(reported(1),
            (Lines{"z.o differs:", "  line 1", "    first:  1", "    second: 2",
                   "differ as well:", "  a.ko", "compared 2 files, 2 bytes: 2 differ"}));
}

TEST_F(TreeComparisonTest, NamesWhatOneTreeLacks) {
  for (int tree : {0, 1}) write(tree, "same", "");
  write(0, "old", "");
  write(1, "new", "");
  EXPECT_EQ(reported(5),
            (Lines{"only in the first:", "  old", "only in the second:", "  new",
                   "compared 1 file, 0 bytes: 0 differ, and only one build has 2 more"}));
}

TEST_F(TreeComparisonTest, ComparesCommandLinesThatBothHave) {
  for (int tree : {0, 1}) write(tree, "a.ko-0.params", std::to_string(tree));
  write(1, "b.ko-0.params", "");
  write(1, "my.params", "");
  const TreeComparison comparison = compared();
  EXPECT_EQ(comparison.different, std::vector<std::string>{"a.ko-0.params"});
  EXPECT_EQ(comparison.only_in_second, std::vector<std::string>{"my.params"});
}

TEST_F(TreeComparisonTest, RefusesTreesThatHaveNothingInCommon) {
  const auto comparison = compare_trees({{"old", root_ / "old"}}, {{"new", root_ / "new"}});
  ASSERT_FALSE(comparison);
  EXPECT_TRUE(comparison.error().starts_with("the two builds have no output in common. Name "))
      << comparison.error();
}

TEST_F(TreeComparisonTest, LeavesOutWhatBazelWritesForItself) {
  for (int tree : {0, 1}) {
    write(tree, "k8/bin/x", "same");
    for (const char* own :
         {"stable-status.txt", "volatile-status.txt", "k8/testlogs/a/test.log",
          "_tmp/actions/stdout-1", "k8/bin/a.runfiles/MANIFEST", "k8/bin/a.runfiles_manifest"}) {
      write(tree, own, std::to_string(tree));
    }
  }
  EXPECT_EQ(reported(5), (Lines{"compared 1 file, 4 bytes: all the same"}));
}

TEST_F(TreeComparisonTest, ComparesWhatLinksLeadTo) {
  for (int tree : {0, 1}) {
    write(tree, "target", "same");
    fs::create_symlink(root_ / std::to_string(tree) / "target",
                       root_ / std::to_string(tree) / "link");
    fs::create_symlink("nowhere", root_ / std::to_string(tree) / "broken");
    fs::create_symlink("..", root_ / std::to_string(tree) / "directory");
  }
  EXPECT_EQ(reported(5), (Lines{"compared 2 files, 8 bytes: all the same"}));
}

TEST_F(TreeComparisonTest, SaysWhichFolderIsNotThere) {
  const auto outputs = list_outputs(root_ / "missing");
  ASSERT_FALSE(outputs);
  EXPECT_EQ(outputs.error(),
            "cannot read " + (root_ / "missing").string() + ": No such file or directory");
}

}  // namespace
}  // namespace kmod::reproducibility
