// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/stack_trace.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kmod::vm {
namespace {

StackFrame frame(const std::string& symbol, std::uint64_t offset, std::uint64_t size,
                 const std::string& module = "", const std::string& context = "TASK") {
  return {.symbol = symbol, .offset = offset, .size = size, .module = module, .context = context};
}

TEST(StackFrameTest, UnderstandsWhatKernelsPrint) {
  const StackFrame ours = frame("hello_init", 0x11, 0x1000, "hello", "");
  StackFrame doubted = ours;
  doubted.reliable = false;
  EXPECT_EQ(parse_stack_frame(" hello_init+0x11/0x1000 [hello]"), ours);
  EXPECT_EQ(parse_stack_frame("hello_init+0x11/0x1000 [hello] "), ours);
  EXPECT_EQ(parse_stack_frame(" ? hello_init+0x11/0x1000 [hello]"), doubted);
  EXPECT_EQ(parse_stack_frame("[<0>] hello_init+0x11/0x1000 [hello]"), ours);
  EXPECT_EQ(
      parse_stack_frame(" hello_init+0x11/0x1000 [hello 0123456789abcdef0123456789abcdef01234567]"),
      ours);
  EXPECT_EQ(parse_stack_frame(" vfs_read+0xa5/0x370"), frame("vfs_read", 0xa5, 0x370, "", ""));
  EXPECT_EQ(parse_stack_frame(" _ZN4demo3fooEv.cold+0x0/0x5 [demo]"),
            frame("_ZN4demo3fooEv.cold", 0, 5, "demo", ""));
  StackFrame address = frame("", 0xffffffffc0297000, 0, "", "");
  EXPECT_EQ(parse_stack_frame(" 0xffffffffc0297000"), address);
  address.reliable = false;
  EXPECT_EQ(parse_stack_frame(" ? 0xffffffffc0297000"), address);
}

TEST(StackFrameTest, RefusesEverythingElse) {
  for (const char* line : {"",
                           " ",
                           "?",
                           "hello",
                           "hello_init+0x11",
                           "hello_init+0x11/",
                           "hello_init+0x/0x2",
                           "hello_init+11/20",
                           "hello_init+0x11/0x1000[hello]",
                           "hello_init+0x11/0x1000 [hello",
                           "hello_init+0x11/0x1000 []",
                           "hello_init+0x11/0x1000 [hello] and more",
                           "+0x1/0x2",
                           "hello: hello_init+0x11/0x1000 [hello]",
                           "[<0>]",
                           "[<0> f+0x1/0x2",
                           "0x",
                           "0x12 0x13",
                           "f+0x11111111111111111/0x2",
                           "R13: 0000000000000000"}) {
    EXPECT_EQ(parse_stack_frame(line), std::nullopt) << line;
  }
}

TEST(StackParserTest, ReadsAnOops) {
  const std::vector<std::string> log = {
      "BUG: kernel NULL pointer dereference, address: 0000000000000000",
      "RIP: 0010:_Z4pushv+0x11/0x2a [demo]",
      "Code: Unable to access opcode bytes at 0xffffffffc0421fe7.",
      "RSP: 0018:ff6d462e405a7cf8 EFLAGS: 00000246",
      "CR2: ffffffffc0421fe7 CR3: 0000000001052000 CR4: 0000000000751eb0",
      "PKRU: 55555554",
      "Call Trace:",
      " <TASK>",
      " init_module+0x27/0x1000 [demo]",
      " ? handle_mm_fault+0xdb/0x2d0",
      " entry_SYSCALL_64_after_hwframe+0x6e/0xd8",
      "RIP: 0033:0x2c6d09",
      "RSP: 002b:00007ffe50b66318 EFLAGS: 00000246 ORIG_RAX: 0000000000000139",
      " </TASK>",
      "Modules linked in: demo(OE+)",
      "---[ end trace 0000000000000000 ]---",
      "RIP: 0010:_Z4pushv+0x11/0x2a [demo]",
      "Code: Unable to access opcode bytes at 0xffffffffc0421fe7.",
  };
  StackFrame top = frame("_Z4pushv", 0x11, 0x2a, "demo", "");
  top.exact = true;
  StackFrame doubted = frame("handle_mm_fault", 0xdb, 0x2d0);
  doubted.reliable = false;
  EXPECT_EQ(parse_stacks(log),
            (std::vector<StackTrace>{{"",
                                      {top, frame("init_module", 0x27, 0x1000, "demo"), doubted,
                                       frame("entry_SYSCALL_64_after_hwframe", 0x6e, 0xd8)}}}));
}

TEST(StackParserTest, KeepsWhatAnInterruptCutApartTogether) {
  StackFrame top = frame("spin", 0x2, 0x10, "demo", "");
  top.exact = true;
  StackFrame interrupted = frame("work", 0x5, 0x20, "demo", "TASK");
  interrupted.exact = true;
  EXPECT_EQ(parse_stacks(std::vector<std::string>{
                "RIP: 0010:spin+0x2/0x10 [demo]", "RAX: 0 RBX: 0 RCX: 0", "Call Trace:", " <IRQ>",
                " handle_irq+0x1/0x9", " </IRQ>", " <TASK>", " asm_common_interrupt+0x22/0x40",
                "RIP: 0010:work+0x5/0x20 [demo]", "RSP: 0018:ff6d462e405a7cf8 EFLAGS: 00000246",
                " kthread+0xe7/0x110", " </TASK>"}),
            (std::vector<StackTrace>{{"",
                                      {top, frame("handle_irq", 1, 9, "", "IRQ"),
                                       frame("asm_common_interrupt", 0x22, 0x40), interrupted,
                                       frame("kthread", 0xe7, 0x110)}}}));
}

TEST(StackParserTest, ReadsBothStacksOfADataRace) {
  const std::string write = "write to 0xffffffffc009a628 of 4 bytes by task 78 on cpu 0:";
  const std::string read = "read (marked) to 0xffffffffc009a628 of 4 bytes by interrupt on cpu 1:";
  EXPECT_EQ(
      parse_stacks(std::vector<std::string>{
          "BUG: KCSAN: data-race in put [demo] / take [demo]", "", write, " put+0x1d/0x40 [demo]",
          " kthread+0x23e/0x260", "", read, " take+0x9/0x10 [demo]", "  |",
          "  +-> reordered to: take+0xc/0x10 [demo]", "", "value changed: 0x00000001 -> 0x00000002",
          "", "Reported by Kernel Concurrency Sanitizer on:"}),
      (std::vector<StackTrace>{
          {write, {frame("put", 0x1d, 0x40, "demo", ""), frame("kthread", 0x23e, 0x260, "", "")}},
          {read, {frame("take", 9, 0x10, "demo", "")}}}));
}

TEST(StackParserTest, ReadsTheStacksOfAnObject) {
  EXPECT_EQ(parse_stacks(std::vector<std::string>{
                "BUG kmalloc-64 (Tainted: G           OE     ): Redzone overwritten",
                "Allocated in make+0x1d/0x40 [demo] age=5 cpu=0 pid=77",
                " make+0x1d/0x40 [demo]",
                "Freed in drop+0x9/0x10 [demo] age=1 cpu=0 pid=77",
                " drop+0x9/0x10 [demo]",
                "Slab 0xffd objects=21 used=3",
                " not_of_a_stack+0x1/0x2",
                "Call Trace:",
                " dump_stack_lvl+0x44/0x5c",
            }),
            (std::vector<StackTrace>{{"Allocated in make+0x1d/0x40 [demo] age=5 cpu=0 pid=77",
                                      {frame("make", 0x1d, 0x40, "demo", "")}},
                                     {"Freed in drop+0x9/0x10 [demo] age=1 cpu=0 pid=77",
                                      {frame("drop", 0x9, 0x10, "demo", "")}},
                                     {"", {frame("dump_stack_lvl", 0x44, 0x5c, "", "")}}}));
}

TEST(StackParserTest, TakesACallOfNothing) {
  StackFrame top = frame("", 0, 0, "", "");
  top.exact = true;
  EXPECT_EQ(parse_stacks(std::vector<std::string>{"RIP: 0010:0x0",
                                                  "Code: Unable to access opcode bytes at "
                                                  "0xffffffffffffffd6.",
                                                  "Call Trace:", " call+0x9/0x10 [demo]"}),
            (std::vector<StackTrace>{{"", {top, frame("call", 9, 0x10, "demo", "")}}}));
}

TEST(StackParserTest, FindsNothingWhereThereIsNothing) {
  EXPECT_TRUE(parse_stacks({}).empty());
  EXPECT_TRUE(parse_stacks(std::vector<std::string>{"Call Trace:", " <TASK>", " </TASK>"}).empty());
  EXPECT_TRUE(parse_stacks(std::vector<std::string>{"RIP: 0033:0x2c6d09"}).empty());
  EXPECT_TRUE(parse_stacks(std::vector<std::string>{"RIP: ", "RIP: 0010", "RIP: :x+0x1/0x2",
                                                    "RIP: 0010:Bad RIP value."})
                  .empty());
}

}  // namespace
}  // namespace kmod::vm
