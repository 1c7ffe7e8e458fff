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
  // Its name does not make a thread a worker, and a rescuer is a worker that stays.
  EXPECT_EQ(parse_thread("7 (kworker/0:0) I 2 0 0 0 -1 69238848 0 0\n"),
            (KernelNames{{"kernel thread", "kworker/0:0, pid 7"}}));
  EXPECT_EQ(parse_thread("7 (kworker/R-mine) I 2 0 0 0 -1 69238880 0 0\n"),
            (KernelNames{{"kernel thread", "kworker/R-mine, pid 7"}}));
}

TEST(KernelNamesTest, PassesOverProgramsAndWorkers) {
  EXPECT_EQ(parse_thread("1 (init) S 0 0 0 0 -1 4194560 0 0\n"), KernelNames{});
  EXPECT_EQ(parse_thread("7 (kworker/0:0-events) I 2 0 0 0 -1 69238880 0 0\n"), KernelNames{});
  for (const char* text : {"", "7", "7 (", "(x) S", "7 (kthreadd", "7 (kthreadd) S 0 0"}) {
    EXPECT_EQ(parse_thread(text), KernelNames{}) << text;
  }
}

TEST(KernelNamesTest, KnowsThreadsOfTheKernel) {
  EXPECT_EQ(thread_pid({"kernel thread", "a, pid b, pid 81"}), "81");
  EXPECT_EQ(thread_pid({"bus", "a, pid 81"}), "");
  const std::string end = "[<0>] kthread+0xd7/0x100\n[<0>] ret_from_fork+0x1f/0x30\n";
  EXPECT_TRUE(is_thread_of_kernel("[<0>] khugepaged+0x1a3/0x2c0\n" + end));
  EXPECT_FALSE(is_thread_of_kernel("[<0>] kthread_worker_fn+0x1a3/0x2c0\n" + end));
  EXPECT_FALSE(is_thread_of_kernel("[<0>] sleep_for_ever+0x1a3/0x2c0 [left]\n" + end));
  EXPECT_FALSE(is_thread_of_kernel("[<0>] msleep+0x2d/0x40\n[<0>] 0xffffffffc0500011\n" + end));
  EXPECT_FALSE(is_thread_of_kernel("[<0>] msleep+0x2d/0x40\n[<0>] 0xffffffffc0500011\n"));
  EXPECT_FALSE(is_thread_of_kernel("[<0>] msleep+0x2d/0x40\n"));
  EXPECT_FALSE(is_thread_of_kernel(end));
  EXPECT_FALSE(is_thread_of_kernel(""));
}

TEST(KernelNamesTest, KnowsThreadsThatBeganAgain) {
  const KernelNames before = {{"bus", "pci"}, {"kernel thread", "khugepaged, pid 30"}};
  EXPECT_EQ(new_names(before, {{"kernel thread", "khugepaged, pid 81"}}), KernelNames{});
  EXPECT_EQ(new_names(before, {{"kernel thread", "khugepaged, pid 30"},
                               {"kernel thread", "khugepaged, pid 81"}}),
            (KernelNames{{"kernel thread", "khugepaged, pid 81"}}));
  EXPECT_EQ(new_names(before, {{"kernel thread", "khugepaged, pid 81"},
                               {"kernel thread", "khugepaged, pid 82"}}),
            (KernelNames{{"kernel thread", "khugepaged, pid 82"}}));
  EXPECT_EQ(new_names(before, {{"bus", "usb"}}), (KernelNames{{"bus", "usb"}}));
}

}  // namespace
}  // namespace kmod::vm
