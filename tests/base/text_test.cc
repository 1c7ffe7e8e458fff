// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/text.h"

#include <gtest/gtest.h>

#include <optional>
#include <string_view>
#include <vector>

namespace kmod::base {
namespace {

TEST(WordsTest, SplitsAtAnySpace) {
  EXPECT_EQ(words(" a\t b\nc "), (std::vector<std::string_view>{"a", "b", "c"}));
  EXPECT_TRUE(words(" \n").empty());
}

TEST(BetweenTest, FindsTheTextAfterOneAndBeforeTheNextOther) {
  EXPECT_EQ(between("error: 'a' and 'b'", "error: '", "'"), "a");
  EXPECT_EQ(between("''", "'", "'"), "");
  EXPECT_EQ(between("error: 'a", "error: '", "'"), std::nullopt);
  EXPECT_EQ(between("a: error", "error", ": "), std::nullopt);
}

}  // namespace
}  // namespace kmod::base
