// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/package_index.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::lock {
namespace {

constexpr const char* kMain =
    "Package: mawk\nVersion: 1.3\nArchitecture: amd64\nFilename: pool/mawk_1.3.deb\nSize: 12\n"
    "SHA256: aa\nDepends: libc6\nPre-Depends: dpkg\nProvides: awk, other (= 1)\n\n"
    "Package: gawk\nVersion: 5\nArchitecture: amd64\nFilename: pool/gawk.deb\nSize: 13\nSHA256: "
    "bb\n"
    "Provides: awk\n\n"
    "Package: hawk\nVersion: 5\nArchitecture: all\nFilename: pool/hawk.deb\nSize: 13\nSHA256: bb\n"
    "Provides: awkward\n";
constexpr const char* kUpdates =
    "Package: mawk\nVersion: 1.3+deb12u1\nArchitecture: amd64\nFilename: pool/mawk_u.deb\nSize: "
    "14\n"
    "SHA256: cc\n";

TEST(PackageIndexTest, TakesTheHighestVersionOfAllSuites) {
  PackageIndex index;
  ASSERT_TRUE(index.add(kUpdates, "updates"));
  ASSERT_TRUE(index.add(kMain, "main"));
  ASSERT_NE(index.newest("mawk"), nullptr);
  EXPECT_EQ(index.newest("mawk")->version, "1.3+deb12u1");
  EXPECT_EQ(index.newest("mawk")->suite, "updates");
  EXPECT_EQ(index.versions("mawk").size(), 2U);
  EXPECT_EQ(index.versions("mawk")[1].depends, "dpkg,libc6");
  EXPECT_EQ(index.versions("mawk")[1].size, 12U);
  EXPECT_EQ(index.newest("awk"), nullptr);
  EXPECT_TRUE(index.versions("awk").empty());
}

TEST(PackageIndexTest, KnowsWhoProvidesAName) {
  PackageIndex index;
  ASSERT_TRUE(index.add(kMain, "main"));
  EXPECT_EQ(index.providers("awk"), (std::vector<std::string>{"gawk", "mawk"}));
  EXPECT_EQ(index.providers("other"), (std::vector<std::string>{"mawk"}));
  EXPECT_TRUE(index.providers("mawk").empty());
}

TEST(PackageIndexTest, NamesThePackageThatItCannotRead) {
  PackageIndex index;
  auto done =
      index.add("Package: a\nVersion: 1\nArchitecture: all\nFilename: a.deb\nSize: 1\n", "main");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error(),
            "the package index of main: package \"a\" has no field SHA256: this is not a binary "
            "package index");
  done = index.add(
      "Package: a\nVersion: 1\nArchitecture: all\nFilename: a.deb\nSize: 1k\nSHA256: a\n", "main");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error(),
            "the package index of main: package \"a\": its size is \"1k\", which is not a number "
            "of bytes");
}

}  // namespace
}  // namespace kmod::lock
