// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/pattern.h"

#include <gtest/gtest.h>

namespace kmod::vm {
namespace {

bool matches(const char* pattern, const char* line) { return Pattern(pattern).matches(line); }
bool occurs(const char* pattern, const char* line) { return Pattern(pattern).occurs_in(line); }

TEST(PatternTest, WithoutStarsIsTheWholeLine) {
  EXPECT_TRUE(matches("hello: bye", "hello: bye"));
  EXPECT_FALSE(matches("hello: bye", "hello: bye."));
  EXPECT_FALSE(matches("hello: bye", "xhello: bye"));
  EXPECT_TRUE(matches("", ""));
  EXPECT_FALSE(matches("", "x"));
}

TEST(PatternTest, AStarIsAnyText) {
  EXPECT_TRUE(matches("demo: irq * at *", "demo: irq 5 at 0x10"));
  EXPECT_TRUE(matches("a*b", "ab"));
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("*b*b*", "abab"));
  EXPECT_FALSE(matches("a*b", "a"));
  EXPECT_FALSE(matches("ab*ba", "aba"));  // the ends may not overlap
  EXPECT_FALSE(matches("*b*b*b*", "abab"));
  EXPECT_TRUE(matches("a*ab", "aab"));
}

TEST(PatternTest, CanBeEscaped) {
  EXPECT_TRUE(matches("2 \\* 3", "2 * 3"));
  EXPECT_FALSE(matches("2 \\* 3", "2 and 3"));
  EXPECT_TRUE(matches("a\\\\b", "a\\b"));
  EXPECT_TRUE(matches("a\\b", "a\\b"));
  EXPECT_TRUE(matches("end\\", "end\\"));
}

TEST(PatternTest, CanBeAPart) {
  EXPECT_TRUE(occurs("timed out", "demo: timed out!"));
  EXPECT_TRUE(occurs("irq * lost", "demo: irq 5 lost 3 times"));
  EXPECT_FALSE(occurs("lost * irq", "demo: irq 5 lost"));
}

using Matches = std::vector<std::optional<std::size_t>>;

TEST(MatchLinesTest, MatchesInOrderAndEachLineOnce) {
  const std::vector<std::string> log = {"a", "noise", "a", "b and c"};
  const auto match = [&](const std::vector<std::string>& lines) {
    const std::vector<Pattern> patterns(lines.begin(), lines.end());
    return match_lines(patterns, log);
  };
  EXPECT_EQ(match({"a", "a", "*and*"}), (Matches{0, 2, 3}));
  EXPECT_EQ(match({"a", "a", "a"}), (Matches{0, 2, std::nullopt}));
  EXPECT_EQ(match({"b*", "a"}), (Matches{3, std::nullopt}));
  EXPECT_EQ(match({"b"}), (Matches{std::nullopt}));
  EXPECT_EQ(match({}), Matches{});
}

TEST(MatchLinesTest, ExplainsWhatIsMissing) {
  const std::vector<std::string> log = {"a", "b and c"};
  EXPECT_EQ(explain_missing(Pattern("x"), log, 0), "the kernel log has no line \"x\"");
  EXPECT_EQ(explain_missing(Pattern("b"), log, 0),
            "the kernel log has no line \"b\"; it has \"b and c\", which only contains it");
  EXPECT_EQ(
      explain_missing(Pattern("a*"), log, 2),
      "the kernel log has no line \"a*\" after the lines expected before it; it came earlier or "
      "too rarely");
}

}  // namespace
}  // namespace kmod::vm
