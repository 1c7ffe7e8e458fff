// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/archive.h"

#include <gtest/gtest.h>

#include <string>

namespace kmod::base {
namespace {

std::string padded(std::string text, std::size_t width) {
  text.resize(width, ' ');
  return text;
}

std::string member(const std::string& name, const std::string& contents) {
  std::string text = padded(name, 16) + padded("0", 12) + padded("0", 6) + padded("0", 6) +
                     padded("644", 8) + padded(std::to_string(contents.size()), 10) + "`\n" +
                     contents;
  if (contents.size() % 2 != 0) text += '\n';
  return text;
}

TEST(ArchiveTest, ListsMembersWithoutTheArchivesOwnTables) {
  const std::string bytes = "!<arch>\n" + member("/", "index") +
                            member("//", "a_name_longer_than_sixteen.o/\n") +
                            member("short.o/", "odd") + member("/0", "even");
  EXPECT_TRUE(is_archive(bytes));
  const auto members = parse_archive(bytes);
  ASSERT_TRUE(members) << members.error();
  ASSERT_EQ(members->size(), 2u);
  EXPECT_EQ((*members)[0].name, "short.o");
  EXPECT_EQ((*members)[0].bytes, "odd");
  EXPECT_EQ((*members)[1].name, "a_name_longer_than_sixteen.o");
  EXPECT_EQ((*members)[1].bytes, "even");
}

TEST(ArchiveTest, RefusesWhatItCannotRead) {
  EXPECT_FALSE(
      is_archive("\x7f"
                 "ELF"));
  EXPECT_EQ(parse_archive("text").error(), "is not an archive");
  EXPECT_EQ(
      parse_archive("!<thin>\n").error(),
      "is a thin archive, which only refers to its members. Create it without ar's T modifier");
  EXPECT_EQ(parse_archive("!<arch>\nshort").error(), "ends inside a header");
  const std::string whole = "!<arch>\n" + member("a.o/", "contents");
  EXPECT_EQ(parse_archive(whole.substr(0, whole.size() - 1)).error(), "ends inside a member");
  EXPECT_EQ(parse_archive("!<arch>\n" + member("/7", "x")).error(), "has a damaged name");
  std::string damaged = whole;
  damaged[8 + 48] = 'x';  // the size
  EXPECT_EQ(parse_archive(damaged).error(), "has a damaged header");
}

}  // namespace
}  // namespace kmod::base
