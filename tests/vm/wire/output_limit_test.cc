// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/wire/output_limit.h"

#include <gtest/gtest.h>

#include <string>

namespace kmod::vm {
namespace {

TEST(OutputLimitTest, LeavesShortOutputAlone) {
  OutputLimit limit(8, 4);
  EXPECT_EQ(limit.feed("12345"), "12345");
  EXPECT_EQ(limit.feed("67890"), "678");
  EXPECT_EQ(limit.feed("ab"), "");
  EXPECT_EQ(limit.finish(), "90ab");
}

TEST(OutputLimitTest, SaysWhatItLeavesOut) {
  OutputLimit limit(2, 4);
  EXPECT_EQ(limit.feed("ab0123456789wxyz"), "ab");
  EXPECT_EQ(limit.finish(), "\n[10 bytes are omitted here]\nwxyz");
}

TEST(OutputLimitTest, CountsAFlood) {
  OutputLimit limit(0, 100);
  for (int i = 0; i < 100'000; ++i) EXPECT_EQ(limit.feed("0123456789"), "");
  const std::string rest = limit.finish();
  EXPECT_TRUE(rest.starts_with("\n[999900 bytes are omitted here]\n0123456789"));
  EXPECT_TRUE(rest.ends_with("0123456789"));
}

}  // namespace
}  // namespace kmod::vm
