// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/addr2line.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::vm {
namespace {

TEST(Addr2lineTest, AsksForASectionsOffsets) {
  EXPECT_EQ(addr2line_command("bin/addr2line", "a.ko", ".init.text", {0, 0x1f}),
            (std::vector<std::string>{"bin/addr2line", "--addresses", "--inlines", "--functions",
                                      "--section=.init.text", "--exe=a.ko", "0x0", "0x1f"}));
}

TEST(Addr2lineTest, ReadsChains) {
  const auto chains = parse_addr2line(
      "0x0000000000000011\n"
      "_Z4pushv\n"
      "./demo/ring.h:17 (discriminator 2)\n"
      "main loop(int)\n"
      "/usr/a:b.cc:3\n"
      "0x0000000000000012\n"
      "??\n"
      "??:?\n"
      "0x0000000000000013\n"
      "known\n"
      "??:0\n"
      "0x0000000000000014\n"
      "known\n"
      "a.c:?\n",
      4);
  ASSERT_TRUE(chains) << chains.error();
  EXPECT_EQ(*chains, (std::vector<InlineChain>{
                         {{"_Z4pushv", "./demo/ring.h", 17}, {"main loop(int)", "/usr/a:b.cc", 3}},
                         {{"", "", 0}},
                         {{"known", "", 0}},
                         {{"known", "a.c", 0}}}));
}

TEST(Addr2lineTest, OverlooksComplaintsBetween) {
  const auto chains = parse_addr2line(
      "bin/addr2line: DWARF error: could not find abbrev number 9\n0x1\nf\na.c:1\n", 1);
  ASSERT_TRUE(chains) << chains.error();
  EXPECT_EQ(*chains, (std::vector<InlineChain>{{{"f", "a.c", 1}}}));
}

TEST(Addr2lineTest, RefusesWhatIsNoAnswer) {
  const auto error = [](const char* output) {
    const auto chains = parse_addr2line(output, 1);
    return chains ? "" : chains.error();
  };
  EXPECT_EQ(error(""), "it gave 0 answers to 1 questions");
  EXPECT_EQ(error("Usage: me\n"), "\"Usage: me\" is not an address");
  EXPECT_EQ(error("0x1\nf\n"), "it gave 1 answers to 1 questions, the last one incomplete");
  EXPECT_EQ(error("0x1\nf\nno line\n"), "\"no line\" is not a file and a line");
  EXPECT_EQ(error("0x1\nf\na.c:1x\n"), "\"a.c:1x\" is not a file and a line");
  EXPECT_EQ(error("0x1\nf\na.c:\n"), "\"a.c:\" is not a file and a line");
  EXPECT_EQ(error("0x1\nf\na.c:1\n0x2\nf\na.c:1\n"), "it gave 2 answers to 1 questions");
}

}  // namespace
}  // namespace kmod::vm
