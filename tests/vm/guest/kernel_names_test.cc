// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/kernel_names.h"

#include <gtest/gtest.h>

#include <string>

namespace kmod::vm {
namespace {

TEST(KernelNamesTest, ReadsDeviceNumbers) {
  EXPECT_EQ(parse_devices("Character devices:\n  1 mem\n245 leak chrdev\n\nBlock devices:\n"
                          "254 virtblk\n"),
            (KernelNames{{"character device", "1 mem"},
                         {"character device", "245 leak chrdev"},
                         {"block device", "254 virtblk"}}));
  EXPECT_EQ(parse_devices(""), KernelNames{});
}

TEST(KernelNamesTest, ReadsKernelThreads) {
  // The flags are the seventh field after the name.
  EXPECT_EQ(parse_thread("395 (a (b) c) D 2 0 0 0 -1 2129984 0 0\n"),
            (KernelNames{{"kernel thread", "a (b) c, pid 395"}}));
}

TEST(KernelNamesTest, PassesOverProgramsAndWorkers) {
  EXPECT_EQ(parse_thread("1 (init) S 0 0 0 0 -1 4194560 0 0\n"), KernelNames{});
  EXPECT_EQ(parse_thread("7 (kworker/0:0-events) I 2 0 0 0 -1 69238880 0 0\n"), KernelNames{});
  for (const char* text : {"", "7", "7 (", "(x) S", "7 (kthreadd", "7 (kthreadd) S 0 0"}) {
    EXPECT_EQ(parse_thread(text), KernelNames{}) << text;
  }
}

}  // namespace
}  // namespace kmod::vm
