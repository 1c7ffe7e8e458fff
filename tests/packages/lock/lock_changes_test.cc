// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/lock_changes.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::lock {
namespace {

using Lines = std::vector<std::string>;

LockEntry entry(const std::string& version, const std::string& sha256 = "aa") {
  return {.version = version, .architecture = "amd64", .path = "p", .size = 1, .sha256 = sha256};
}

TEST(LockChangesTest, SaysWhatChanged) {
  const Lock from{.sets = {{"s", {"a", "b"}}, {"gone", {"b"}}},
                  .packages = {{"a", entry("1")}, {"b", entry("2")}, {"c", entry("3")}}};
  const Lock to{.sets = {{"s", {"a", "d"}}, {"new", {"d"}}},
                .packages = {{"a", entry("1.1")}, {"c", entry("3", "bb")}, {"d", entry("4")}}};
  EXPECT_EQ(describe_changes(from, to),
            (Lines{"changed a 1 -> 1.1", "changed c 3: sha256", "added d 4", "removed b 2",
                   "set s: added d", "set s: removed b", "set new: added d", "removed set gone"}));
  EXPECT_EQ(describe_changes(from, from), Lines());
}

TEST(LockChangesTest, FindsWhatBecomesOlder) {
  const Lock from{.sets = {}, .packages = {{"a", entry("1.10")}, {"b", entry("2")}}};
  const Lock to{.sets = {},
                .packages = {{"a", entry("1.9")}, {"b", entry("2.1")}, {"c", entry("1")}}};
  EXPECT_EQ(find_downgrades(from, to), (Lines{"a 1.10 -> 1.9"}));
  EXPECT_EQ(find_downgrades(from, from), Lines());
}

}  // namespace
}  // namespace kmod::lock
