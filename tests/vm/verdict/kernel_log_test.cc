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
            (KernelLogRecord{7, 42, 4, "text; with semicolon"}));
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
