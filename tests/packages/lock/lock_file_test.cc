// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/lock_file.h"

#include <gtest/gtest.h>

#include <string>

namespace kmod::lock {
namespace {

constexpr const char* kText = R"({
  "sets": {
    "z": [
      "a",
      "b"
    ],
    "y": [
      "b"
    ]
  },
  "packages": [
    {"name": "a", "version": "1", "architecture": "all",
     "path": "pool/a.deb",
     "size": 7, "sha256": "aa"},
    {"name": "b", "version": "1:2~3", "architecture": "amd64",
     "path": "pool/b.deb",
     "size": 80, "sha256": "bb"}
  ]
}
)";

TEST(LockFileTest, WritesWhatItReads) {
  const auto lock = parse_lock(kText, "f");
  ASSERT_TRUE(lock) << lock.error();
  EXPECT_EQ(lock->packages.at("b").version, "1:2~3");
  EXPECT_EQ(lock->packages.at("b").size, 80U);
  EXPECT_EQ(format_lock(*lock), kText);
}

TEST(LockFileTest, NamesWhatIsWrong) {
  const auto error_of = [](const std::string& text) {
    const auto lock = parse_lock(text, "f");
    return lock ? "" : lock.error();
  };
  EXPECT_EQ(error_of("{").find("f is not JSON: "), 0U);
  EXPECT_EQ(error_of("{}").find("f is not a package lock: "), 0U);
  EXPECT_EQ(error_of(R"({"sets": {"a": "b"}, "packages": []})").find("f is not a package lock: "),
            0U);
  EXPECT_EQ(
      error_of(R"({"sets": {}, "packages": [{"name": "a"}]})").find("f is not a package lock: "),
      0U);
  const std::string entry =
      R"({"name": "a", "version": "1", "architecture": "all", "path": "p", "size": 7, "sha256": "aa"})";
  EXPECT_EQ(error_of(R"({"sets": {}, "packages": [)" + entry + "," + entry + "]}"),
            "f: package a has two entries");
}

}  // namespace
}  // namespace kmod::lock
