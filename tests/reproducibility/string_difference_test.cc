// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "kmod_rules/private/reproducibility/byte_difference.h"

namespace kmod::reproducibility {
namespace {

constexpr std::string_view kTwo("one\0two\0", 8);
constexpr std::string_view kThree("two\0other\0one\0", 14);

TEST(StringDifferenceTest, FindsTheStringThatTheOtherLacks) {
  const auto string = string_of_one(kThree, kTwo);
  ASSERT_TRUE(string);
  EXPECT_EQ(string->text, "other");
  EXPECT_EQ(string->offset, 4u);
  EXPECT_FALSE(string_of_one(kTwo, kThree));
  EXPECT_FALSE(string_of_one("", kTwo));
}

TEST(StringDifferenceTest, TakesAStringWithoutAnEnd) {
  const auto string = string_of_one("one", kTwo.substr(4));
  ASSERT_TRUE(string);
  EXPECT_EQ(string->text, "one");
}

TEST(StringDifferenceTest, Quotes) {
  EXPECT_EQ(quoted(std::nullopt), "none");
  EXPECT_EQ(quoted(StringAt{"\x01"
                            "6in /home/ä"}),
            "\"\\x016in /home/\\xc3\\xa4\"");
  EXPECT_EQ(quoted(StringAt{std::string(161, 'a')}), "\"" + std::string(160, 'a') + "\"…");
}

}  // namespace
}  // namespace kmod::reproducibility
