// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/archive_difference.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace kmod::reproducibility {
namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

Lines contents(std::string_view first, std::string_view second) {
  return {std::string(first) + " and " + std::string(second)};
}

std::string static_library(const Members& members) {
  std::string bytes = "!<arch>\n";
  for (const auto& [name, content] : members) {
    std::array<char, 64> header{};
    std::snprintf(header.data(), header.size(), "%-16s%-12d%-6d%-6d%-8o%-10zu`\n",
                  (name + "/").c_str(), 0, 0, 0, 0644U, content.size());
    bytes += header.data() + content;
    if (content.size() % 2 != 0) bytes += '\n';
  }
  return bytes;
}

void append_cpio_entry(std::string& bytes, const std::string& name, const std::string& content,
                       unsigned time) {
  std::array<char, 112> header{};
  std::snprintf(header.data(), header.size(),
                "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X", 1U, 0100644U, 0U, 0U,
                1U, time, static_cast<unsigned>(content.size()), 0U, 0U, 0U, 0U,
                static_cast<unsigned>(name.size() + 1), 0U);
  const auto pad = [&] { bytes.resize((bytes.size() + 3) / 4 * 4, '\0'); };
  bytes += header.data() + name + '\0';
  pad();
  bytes += content;
  pad();
}

std::string cpio(const Members& members, unsigned time = 0) {
  std::string bytes;
  for (const auto& [name, content] : members) append_cpio_entry(bytes, name, content, time);
  append_cpio_entry(bytes, "TRAILER!!!", "", 0);
  return bytes;
}

TEST(ArchiveDifferenceTest, NamesTheMemberThatDiffers) {
  const auto lines =
      explain_static_library(static_library({{"a.o", "one"}, {"b.o", "two"}}),
                             static_library({{"a.o", "one"}, {"b.o", "three"}}), contents);
  ASSERT_TRUE(lines) << lines.error();
  EXPECT_EQ(*lines, (Lines{"member b.o:", "  two and three"}));
}

TEST(ArchiveDifferenceTest, SaysThatMembersHaveAnotherOrder) {
  const auto lines =
      explain_static_library(static_library({{"a.o", "one"}, {"b.o", "two"}}),
                             static_library({{"b.o", "two"}, {"a.o", "one"}}), contents);
  ASSERT_TRUE(lines);
  EXPECT_EQ(*lines, (Lines{"member 1 is a.o in the first and b.o in the second"}));
}

TEST(ArchiveDifferenceTest, NamesAMemberThatOneLacks) {
  const std::string more = static_library({{"a.o", "one"}, {"b.o", "two"}});
  const std::string less = static_library({{"a.o", "one"}});
  EXPECT_EQ(*explain_static_library(more, less, contents),
            (Lines{"member b.o: only the first has it"}));
  EXPECT_EQ(*explain_static_library(less, more, contents),
            (Lines{"member b.o: only the second has it"}));
}

TEST(ArchiveDifferenceTest, SaysThatOnlyTheArchiveItselfDiffers) {
  const std::string first = static_library({{"a.o", "one"}});
  std::string second = first;
  second[8 + 16] = '9';  // the time in the member's header
  EXPECT_EQ(*explain_static_library(first, second, contents),
            (Lines{"every member is the same, but not the archive's own headers or tables"}));
}

TEST(ArchiveDifferenceTest, ReadsAnInitramfs) {
  const auto lines =
      explain_initramfs(cpio({{"init", "program"}, {"kmod/a.ko", "one"}}),
                        cpio({{"init", "program"}, {"kmod/a.ko", "three"}}), contents);
  ASSERT_TRUE(lines) << lines.error();
  EXPECT_EQ(*lines, (Lines{"member kmod/a.ko:", "  one and three"}));
}

TEST(ArchiveDifferenceTest, ShowsHeadersOfAnInitramfsThatDiffer) {
  const auto lines =
      explain_initramfs(cpio({{"init", "x"}}, 1), cpio({{"init", "x"}}, 2), contents);
  ASSERT_TRUE(lines);
  ASSERT_EQ(lines->size(), 3u);
  EXPECT_EQ(lines->at(0), "member init: the same contents, and another mode, owner or time:");
  EXPECT_NE(lines->at(1).substr(10), lines->at(2).substr(10));
}

TEST(ArchiveDifferenceTest, SaysWhatIsDamaged) {
  const std::string good = cpio({{"init", "x"}});
  EXPECT_EQ(explain_initramfs(good, good.substr(0, 100), contents).error(),
            "ends without a trailer");
  EXPECT_EQ(explain_initramfs(good, good.substr(0, 116), contents).error(), "ends inside an entry");
  std::string damaged = good;
  damaged[6 + 6 * 8] = 'x';
  EXPECT_EQ(explain_initramfs(damaged, good, contents).error(), "has a damaged header at byte 0");
  EXPECT_EQ(explain_static_library("!<arch>\nshort", "!<arch>\n", contents).error(),
            "ends inside a header");
}

}  // namespace
}  // namespace kmod::reproducibility
