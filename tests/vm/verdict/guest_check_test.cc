// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/guest_check.h"

#include <gtest/gtest.h>

namespace kmod::vm {
namespace {

Observation machine_with(std::uint64_t memory_mib, std::uint64_t initramfs_mib) {
  Observation seen;
  seen.memory_mib = memory_mib;
  seen.initramfs_size = initramfs_mib << 20;
  seen.console = {"[    0.000000] Linux version 6.1.0"};
  return seen;
}

TEST(BootFailureTest, SaysNothingWithoutEvidence) {
  EXPECT_EQ(explain_boot_failure(machine_with(256, 1)), "");
  EXPECT_EQ(explain_boot_failure(machine_with(256, 128)), "");
}

TEST(BootFailureTest, NamesTheSizesWhereMemoryIsShort) {
  EXPECT_EQ(
      explain_boot_failure(machine_with(96, 49)),
      "; the initramfs has 49 MiB and is in memory twice while it is unpacked, but the virtual "
      "machine has only 96 MiB: the test's attribute memory sets that, and its data and "
      "programs are in the initramfs");
}

TEST(BootFailureTest, QuotesTheDecompressor) {
  Observation seen = machine_with(256, 1);
  seen.stop = Stop::kAfterFailure;
  seen.console = {"Probing EDD", "", "", "Decoding failed", "", " -- System halted"};
  EXPECT_EQ(explain_boot_failure(seen),
            "; the kernel image cannot be unpacked, it is damaged or incomplete: Decoding failed");
  seen.console = {" -- System halted"};
  EXPECT_EQ(explain_boot_failure(seen),
            "; the kernel image cannot be unpacked, it is damaged or incomplete");
}

TEST(BootFailureTest, NoticesThatNoKernelStarted) {
  Observation seen = machine_with(256, 1);
  seen.console = {"Probing EDD"};
  EXPECT_EQ(explain_boot_failure(seen),
            "; the kernel did not start, perhaps because its image is damaged or incomplete");
  seen.stop = Stop::kBootLimit;
  EXPECT_EQ(explain_boot_failure(seen), "");
}

TEST(BootFailureTest, KnowsTheDecompressorsLastLine) {
  EXPECT_TRUE(is_decompressor_end(" -- System halted"));
  EXPECT_FALSE(is_decompressor_end("[    1.000000] reboot: System halted"));
}

TEST(LostTimerTest, KnowsWhatAKernelSaysOnABusyHost) {
  EXPECT_TRUE(is_lost_timer("APIC frequency too slow, disabling apic timer"));
  EXPECT_TRUE(
      is_lost_timer("Kernel panic - not syncing: IO-APIC + timer doesn't work!  Boot with "
                    "apic=debug and send a report.  Then try booting with the 'noapic' option."));
  EXPECT_FALSE(is_lost_timer("Kernel panic - not syncing: Fatal exception"));
  EXPECT_FALSE(is_lost_timer("hello: IO-APIC + timer doesn't work!"));
}

}  // namespace
}  // namespace kmod::vm
