// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/kernel_log.h"

#include <gtest/gtest.h>

namespace kmod::vm {
namespace {

TEST(KernelLogTest, ReadsARecord) {
  EXPECT_EQ(parse_kmsg("6,339,5140900,-;NET: Registered protocol family 10\n"),
            (KernelLogRecord{339, 5'140'900, 6, "NET: Registered protocol family 10"}));
  // Facility 1 above the level, more fields, a dictionary.
  EXPECT_EQ(parse_kmsg("12,7,42,c,caller=T1;text; with semicolon\n SUBSYSTEM=pci\n DEVICE=+x\n"),
            (KernelLogRecord{7, 42, 4, "text; with semicolon", 1}));
}

TEST(KernelLogTest, DecodesEscapedBytes) {
  EXPECT_EQ(parse_kmsg("4,1,2,-;two\\x0alines \\x5cx41 \\xzz \\\n")->text,
            "two\nlines \\x41 \\xzz \\");
}

TEST(KernelLogTest, RefusesOtherText) {
  for (const char* raw : {"", "6", "6,1", "6,1,2", "6,1,2,-", "x,1,2,-;t", "6,,2,-;t"}) {
    EXPECT_EQ(parse_kmsg(raw).error(), "\"" + std::string(raw) + "\" is not a record of /dev/kmsg");
  }
}

TEST(KernelLogTest, FindsTheKernelsLineOnTheConsole) {
  const auto kernel = parse_console_line("<4>[   12.345678] WARNING: x");
  ASSERT_TRUE(kernel);
  EXPECT_EQ(kernel->facility, kKernelFacility);
  EXPECT_EQ(kernel->time_us, 12'345'678U);
  EXPECT_EQ(kernel->stamped, "[   12.345678] WARNING: x");
  EXPECT_EQ(kernel->before, "");
  // The first priority is the kernel's: the others are part of the text.
  const auto process =
      parse_console_line("<12>[    1.000001][   T78] <4>[    1.000001] WARNING: x");
  ASSERT_TRUE(process);
  EXPECT_EQ(process->facility, 1);
  EXPECT_EQ(strip_console_prefix(process->stamped), "<4>[    1.000001] WARNING: x");
  const auto behind = parse_console_line("1 < 2 <b> 50%<0>[    1.000001] Kernel panic");
  ASSERT_TRUE(behind);
  EXPECT_EQ(behind->before, "1 < 2 <b> 50%");
  EXPECT_EQ(behind->stamped, "[    1.000001] Kernel panic");
}

TEST(KernelLogTest, OtherLinesOfTheConsoleAreNotTheKernels) {
  for (const char* line :
       {"", "<", "<4>", "<4>[", "<4>[]", "<4>text", "<>[    1.000000] x", "<4 [    1.000000] x",
        "<4>[    1.00000] x", "<4>[    1.0000001] x", "<4>[    1.00000x] x", "<4>[     .000000] x",
        "<4> [    1.000000] x", "[    1.000000] WARNING: x", "<x>[    1.000000] x"}) {
    EXPECT_FALSE(parse_console_line(line)) << line;
  }
}

TEST(KernelLogTest, StripsOnlyTheKernelsPrefix) {
  EXPECT_EQ(strip_console_prefix("[    1.234567] text"), "text");
  EXPECT_EQ(strip_console_prefix("[12345.234567][   T12] text"), "text");
  EXPECT_EQ(strip_console_prefix("[    0.000000][    C0]  indented"), " indented");
  EXPECT_EQ(strip_console_prefix("[ BUG: bad unlock balance ]"), "[ BUG: bad unlock balance ]");
  EXPECT_EQ(strip_console_prefix("[    1.000000] [ BUG: x ]"), "[ BUG: x ]");
  EXPECT_EQ(strip_console_prefix("plain"), "plain");
  EXPECT_EQ(strip_console_prefix("[]"), "[]");
}

TEST(KernelLogTest, FormatsLikeDmesg) {
  EXPECT_EQ(format_record({1, 1'234'567, 6, "text"}), "[    1.234567] text");
}

}  // namespace
}  // namespace kmod::vm
