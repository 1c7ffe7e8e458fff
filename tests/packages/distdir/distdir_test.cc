// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/distdir/distdir.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "kmod_rules/private/base/digest.h"
#include "kmod_rules/private/base/file.h"

namespace kmod::distdir {
namespace {

lock::LockEntry entry(const std::string& path, const std::string& bytes) {
  return {"1.2-3", "amd64", path, bytes.size(), base::sha256_hex(bytes)};
}

lock::Lock sample() {
  return {{{"tools", {"make", "sed"}}, {"kernel", {"headers"}}},
          {{"headers", entry("pool/h/headers_1_amd64.deb", "headers")},
           {"make", entry("pool/m/make_1_amd64.deb", "make")},
           {"sed", entry("pool/s/sed_1_amd64.deb", "sed")}}};
}

class DistdirTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(folder_);
    ASSERT_TRUE(base::make_directories(folder_));
  }

  std::string folder_ = std::filesystem::path(testing::TempDir()) / "distdir_test";
};

TEST_F(DistdirTest, NamesFilesAsMirrorsDo) {
  const auto files = files_of({sample()}, {"tools"});
  ASSERT_TRUE(files) << files.error();
  ASSERT_EQ(files->size(), 2u);
  EXPECT_EQ(files->at(0).name(), "make_1_amd64.deb");
  EXPECT_EQ(files->at(0).package, "make 1.2-3");
  EXPECT_EQ(files->at(1).name(), "sed_1_amd64.deb");
}

TEST_F(DistdirTest, TakesAllPackagesWithoutASet) {
  EXPECT_EQ(files_of({sample()}, {})->size(), 3u);
}

// Two releases have different files of a package.
TEST_F(DistdirTest, TakesPackagesOfSeveralLocks) {
  const lock::Lock newer = {{{"newer", {"make"}}}, {{"make", entry("pool/m/make_2.deb", "")}}};
  EXPECT_EQ(files_of({sample(), newer}, {})->size(), 4u);
  const auto files = files_of({sample(), newer}, {"newer"});
  ASSERT_TRUE(files) << files.error();
  ASSERT_EQ(files->size(), 1u);
  EXPECT_EQ(files->at(0).name(), "make_2.deb");
  EXPECT_EQ(files_of({sample(), newer}, {"older"}).error(),
            "the lock has no package set \"older\". It has: tools, kernel, newer");
}

TEST_F(DistdirTest, RefusesASetThatThereIsNot) {
  EXPECT_EQ(files_of({sample()}, {"tool"}).error(),
            "the lock has no package set \"tool\". It has: tools, kernel");
}

TEST_F(DistdirTest, SaysWhatIsWrongWithAFile) {
  const PackageFile file = files_of({sample()}, {"kernel"})->at(0);
  const std::string path = folder_ + "/headers_1_amd64.deb";
  EXPECT_EQ(fault_in(folder_, file), "it is missing");
  ASSERT_TRUE(base::write_file(path, "head"));
  EXPECT_EQ(fault_in(folder_, file), "it has 4 bytes, and the lock says 7");
  ASSERT_TRUE(base::write_file(path, "HEADERS"));
  EXPECT_EQ(fault_in(folder_, file), "its sha256 is " + base::sha256_hex("HEADERS") +
                                         ", and the lock has " + file.entry.sha256);
  ASSERT_TRUE(base::write_file(path, "headers"));
  EXPECT_EQ(fault_in(folder_, file), "");
}

TEST_F(DistdirTest, ListsFilesOfOthers) {
  const auto files = files_of({sample()}, {});
  ASSERT_TRUE(base::write_file(folder_ + "/make_1_amd64.deb", "make"));
  ASSERT_TRUE(base::write_file(folder_ + "/make_0_amd64.deb", "make"));
  EXPECT_EQ(others_in(folder_, *files), (std::vector<std::string>{"make_0_amd64.deb"}));
  EXPECT_EQ(others_in(folder_ + "/missing", *files).error(),
            "cannot read " + folder_ + "/missing: No such file or directory");
}

}  // namespace
}  // namespace kmod::distdir
