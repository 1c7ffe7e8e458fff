// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/lock_check.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::lock {
namespace {

using Lines = std::vector<std::string>;

class LockCheckTest : public testing::Test {
 protected:
  LockCheckTest() {
    EXPECT_TRUE(indices_["d"].add(
        "Package: a\nVersion: 1\nArchitecture: amd64\nFilename: pool/a.deb\nSize: 9\nSHA256: aa\n",
        "main"));
    EXPECT_TRUE(indices_["d"].add(
        "Package: a\nVersion: 2\nArchitecture: amd64\nFilename: pool/a2.deb\nSize: 8\nSHA256: a2\n",
        "security"));
    sets_.sets = {{.name = "z", .release = "d", .roots = {"a"}}};
  }

  [[nodiscard]] Lines faults_of(const LockEntry& entry) const {
    return check_lock({.sets = {{"z", {"a"}}}, .packages = {{"a", entry}}}, sets_, indices_);
  }

  Indices indices_;
  PackageSets sets_;
  const LockEntry right_{
      .version = "1", .architecture = "amd64", .path = "pool/a.deb", .size = 9, .sha256 = "aa"};
};

TEST_F(LockCheckTest, AnyVersionOfTheIndexIsRight) {
  EXPECT_EQ(faults_of(right_), Lines());
  EXPECT_EQ(faults_of({.version = "2",
                       .architecture = "amd64",
                       .path = "pool/a2.deb",
                       .size = 8,
                       .sha256 = "a2"}),
            Lines());
}

TEST_F(LockCheckTest, TellsAReplacedVersionFromAChangedEntry) {
  LockEntry entry = right_;
  entry.version = "0.9";
  EXPECT_EQ(faults_of(entry),
            (Lines{"a 0.9: the locked version is no longer in the index. security has "
                   "replaced it by 2: write the lock anew."}));
  entry.version = "3";
  EXPECT_EQ(
      faults_of(entry),
      (Lines{"a 3: the locked version is newer than the index, where security has 2: the mirror "
             "is out of date, or the entry was not written from the index."}));
  entry = right_;
  entry.sha256 = "bb";
  EXPECT_EQ(
      faults_of(entry),
      (Lines{"a 1: the entry is not what the archive signed; sha256 is bb in the lock, and aa in "
             "the index. Do not use this lock: run update_lock without --check."}));
  entry = {.version = "1", .architecture = "all", .path = "p", .size = 1, .sha256 = "aa"};
  EXPECT_EQ(
      faults_of(entry),
      (Lines{"a 1: the entry is not what the archive signed; architecture is all in the lock, "
             "and amd64 in the index; path is p in the lock, and pool/a.deb in the index; size "
             "is 1 in the lock, and 9 in the index. Do not use this lock: run update_lock without "
             "--check."}));
}

TEST_F(LockCheckTest, FindsWhatIsOfNoSetAndNoIndex) {
  EXPECT_EQ(check_lock({.sets = {{"z", {"b"}}}, .packages = {{"b", right_}}}, sets_, indices_),
            (Lines{"b 1: the index has no package of this name."}));
  EXPECT_EQ(check_lock({.sets = {{"z", {"b"}}}, .packages = {}}, sets_, indices_),
            (Lines{"set z: it has b, which has no entry."}));
  EXPECT_EQ(check_lock({.sets = {{"z", {"a"}}}, .packages = {{"a", right_}, {"b", right_}}}, sets_,
                       indices_),
            (Lines{"b 1: the entry is of no set."}));
  EXPECT_EQ(
      check_lock({.sets = {{"y", {"a"}}}, .packages = {{"a", right_}}}, sets_, indices_),
      (Lines{
          "set y: it is not among the package sets, so nothing says where its packages are from.",
          "set z: the lock does not have it.", "a 1: the entry is of no set."}));
}

}  // namespace
}  // namespace kmod::lock
