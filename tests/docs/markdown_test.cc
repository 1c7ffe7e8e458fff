// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "docs/reference/markdown.h"

#include <gtest/gtest.h>

namespace kmod::reference {
namespace {

TEST(DedentTest, RemovesTheSharedIndentation) {
  EXPECT_EQ(dedent("First.\n\n    Second:\n      third\n    "), "First.\n\nSecond:\n  third");
  EXPECT_EQ(dedent("\n  one line\n"), "one line");
}

TEST(WrapTest, WrapsParagraphsOnly) {
  const std::string word(60, 'x');
  EXPECT_EQ(wrap(word + " " + word), word + "\n" + word + "\n");
  EXPECT_EQ(wrap("a\nb\n\nc"), "a b\n\nc\n");
  const std::string code = "```\n" + word + " " + word + "\n```\n";
  EXPECT_EQ(wrap(code), code);
  const std::string indented = "    " + word + " " + word + "\n";
  EXPECT_EQ(wrap(indented), indented);
}

TEST(TableRowTest, KeepsACellInItsPlace) {
  EXPECT_EQ(table_row({"a|b", "c\nd", ""}), "| a\\|b | c d |  |\n");
}

}  // namespace
}  // namespace kmod::reference
