// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/byte_difference.h"

#include <gtest/gtest.h>

#include <string>

namespace kmod::reproducibility {
namespace {

TEST(ByteDifferenceTest, FindsWhereTwoStringsPart) {
  EXPECT_EQ(first_difference("", ""), std::nullopt);
  EXPECT_EQ(first_difference("same", "same"), std::nullopt);
  EXPECT_EQ(first_difference("abc", "abd"), 2u);
  EXPECT_EQ(first_difference("ab", "abc"), 2u);
  EXPECT_EQ(first_difference("abc", ""), 0u);
}

TEST(ByteDifferenceTest, ShowsBytesAroundTheDifference) {
  const std::string first("\x01\x02\x03\x04\x05\x06", 6);
  const std::string second("\x01\x02\x03\x04\x05\xff", 6);
  EXPECT_EQ(show_bytes(first, second, 5),
            (Lines{"first:  0x1: 02 03 04 05 [06]", "second: 0x1: 02 03 04 05 [ff]"}));
}

TEST(ByteDifferenceTest, SaysThatOneEnds) {
  EXPECT_EQ(show_bytes("\x01", "\x01\x02", 1),
            (Lines{"first:  0x0: 01 (ends)", "second: 0x0: 01 [02]"}));
}

TEST(ByteDifferenceTest, ShowsTheTextThatTheDifferenceIsIn) {
  const std::string first("\0built in /home/a\0", 18);
  const std::string second("\0built in /srv/b\0", 17);
  const Lines lines = show_bytes(first, second, 11);
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[2], "first:  \"built in /home/a\"");
  EXPECT_EQ(lines[3], "second: \"built in /srv/b\"");
}

TEST(ByteDifferenceTest, CutsLongTextOnBothSides) {
  const std::string first = std::string(100, 'a') + "X" + std::string(200, 'b');
  const std::string second = std::string(100, 'a') + "Y" + std::string(200, 'b');
  EXPECT_EQ(show_bytes(first, second, 100).at(2),
            "first:  …\"" + std::string(60, 'a') + "X" + std::string(99, 'b') + "\"…");
}

TEST(ByteDifferenceTest, SaysWhichSideHasNoText) {
  const std::string first("\x01\x02\x03\x04\x05\x06\x07\x08", 8);
  EXPECT_EQ(show_bytes(first, "\x01textual", 1).at(2), "first:  no text");
}

}  // namespace
}  // namespace kmod::reproducibility
