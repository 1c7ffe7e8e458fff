// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/complaint.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kmod_rules/private/vm/verdict/taint.h"

namespace kmod::vm {
namespace {

using enum ComplaintKind;

TEST(ComplaintTest, GivesTheWholeWarning) {
  const std::vector<std::string> log = {
      "hello: start", "------------[ cut here ]------------",
      "odd state 4",  "WARNING: CPU: 0 PID: 78 at /m/hello.c:5 hello_init+0x11/0x1000 [hello]",
      "Call Trace:",  "---[ end trace 0000000000000000 ]---",
      "hello: end",
  };
  const std::vector<Complaint> complaints = find_complaints(log);
  ASSERT_EQ(complaints.size(), 1U);
  EXPECT_EQ(complaints[0],
            (Complaint{kWarn, 3, log[3], std::vector<std::string>(log.begin() + 1, log.end() - 1),
                       kTaintWarned}));
}

TEST(ComplaintTest, CountsAnOopsOnce) {
  const std::vector<Complaint> complaints = find_complaints(std::vector<std::string>{
      "BUG: kernel NULL pointer dereference, address: 0000000000000000",
      "#PF: supervisor write access in kernel mode",
      "Oops: 0002 [#1] PREEMPT SMP",
      "RIP: 0010:hello_init+0x11/0x1000 [hello]",
      "---[ end trace 0000000000000000 ]---",
  });
  ASSERT_EQ(complaints.size(), 1U);
  EXPECT_EQ(complaints[0].kind, kOops);
  EXPECT_EQ(complaints[0].lines.size(), 5U);
}

// With panic_on_warn the panic is expected, so only the warning counts.
TEST(ComplaintTest, AWarningThatPanicsOnRequestIsAWarning) {
  const std::vector<Complaint> complaints = find_complaints(std::vector<std::string>{
      "------------[ cut here ]------------",
      "WARNING: CPU: 0 PID: 78 at /m/hello.c:5 hello_init+0x11/0x1000 [hello]",
      "Kernel panic - not syncing: panic_on_warn set ...",
  });
  ASSERT_EQ(complaints.size(), 1U);
  EXPECT_EQ(complaints[0].kind, kWarn);
  EXPECT_EQ(classify_line("Kernel panic - not syncing: kernel: panic_on_warn set ..."), kWarn);
  EXPECT_EQ(classify_line("Kernel panic - not syncing: softlockup: hung tasks"), kHang);
  EXPECT_EQ(classify_line("Kernel panic - not syncing: hung_task: blocked tasks"), kHang);
}

// The state of an object is in the text of a WARN().
TEST(ComplaintTest, AWarningAboutTheStateOfAnObjectIsOfItsOwnKind) {
  const std::vector<Complaint> complaints = find_complaints(std::vector<std::string>{
      "------------[ cut here ]------------",
      "ODEBUG: free active (active state 0) object type: timer_list hint: tick+0x0/0x10 [hello]",
      "WARNING: CPU: 0 PID: 78 at lib/debugobjects.c:505 debug_print_object+0x8c/0xc0",
      "Call Trace:",
      "Kernel panic - not syncing: kernel: panic_on_warn set ...",
  });
  ASSERT_EQ(complaints.size(), 1U);
  EXPECT_EQ(complaints[0].kind, kObjectState);
  EXPECT_EQ(complaints[0].taint, kTaintWarned);
  EXPECT_EQ(
      complaints[0].headline,
      "ODEBUG: free active (active state 0) object type: timer_list hint: tick+0x0/0x10 [hello]");
}

// With panic_on_warn, the report of a bad access ends in a panic.
TEST(ComplaintTest, ABadAccessStaysOne) {
  const std::vector<Complaint> complaints = find_complaints(std::vector<std::string>{
      "==================================================================",
      "BUG: KASAN: use-after-free in hello_init+0x3c/0x50 [hello]",
      "Read of size 4 at addr ffff888003a1e000 by task init/78",
      "",
      "Call Trace:",
      " <TASK>",
      " hello_init+0x3c/0x50 [hello]",
      " </TASK>",
      "Kernel panic - not syncing: KASAN: panic_on_warn set ...",
  });
  ASSERT_EQ(complaints.size(), 1U);
  EXPECT_EQ(complaints[0].kind, kKasan);
}

// It has two stacks and no "Call Trace:". What comes after it is not a part of it.
TEST(ComplaintTest, ADataRaceEndsWithItsFrame) {
  const std::vector<std::string> report = {
      "BUG: KCSAN: data-race in count [hello] / count [hello]",
      "",
      "write to 0xffffffffc009a628 of 4 bytes by task 78 on cpu 0:",
      " count+0x1d/0x30 [hello]",
      "",
      "read to 0xffffffffc009a628 of 4 bytes by task 79 on cpu 1:",
      " count+0x10/0x30 [hello]",
      "",
      "value changed: 0x00000001 -> 0x00000002",
      "",
      "Reported by Kernel Concurrency Sanitizer on:",
      "CPU: 1 PID: 79 Comm: hello Not tainted 6.1.176-kcsan #1",
      "==================================================================",
  };
  std::vector<std::string> log = {report.back()};
  log.insert(log.end(), report.begin(), report.end());
  log.insert(log.end(), {"hello: counted", " f+0x1/0x2 [hello]"});
  const std::vector<Complaint> complaints = find_complaints(log);
  ASSERT_EQ(complaints.size(), 1U);
  EXPECT_EQ(complaints[0].kind, kKcsan);
  EXPECT_EQ(complaints[0].headline, report[0]);
  EXPECT_EQ(complaints[0].lines, report);
}

// A complaint for each of the lines, in order; checks that none is unexplained.
std::vector<std::string> headlines(const std::vector<std::string>& log) {
  std::vector<std::string> found;
  for (const Complaint& complaint : find_complaints(log)) {
    EXPECT_FALSE(complaint.unexplained) << complaint.headline;
    found.push_back(complaint.headline);
  }
  return found;
}

const std::string kDuplicate = "sysfs: cannot create duplicate filename '/kernel/liar'";
const std::string kAtomic = "BUG: scheduling while atomic: init/78/0x00000002";

TEST(ComplaintTest, AComplaintEndsWithItsCallTrace) {
  const std::vector<std::string> log = {kDuplicate,    "CPU: 0 PID: 78 Comm: init",
                                        "Call Trace:", " <TASK>",
                                        " f+0x1/0x2",  " </TASK>",
                                        kAtomic,       "Modules linked in: hello(OE)",
                                        "Call Trace:", " g+0x1/0x2",
                                        "hello: end"};
  const std::vector<Complaint> complaints = find_complaints(log);
  EXPECT_EQ(headlines(log), (std::vector<std::string>{kDuplicate, kAtomic}));
  EXPECT_EQ(complaints[0].lines, std::vector<std::string>(log.begin(), log.begin() + 6));
  EXPECT_EQ(complaints[1].lines, std::vector<std::string>(log.begin() + 6, log.end() - 1));
}

TEST(ComplaintTest, AComplaintOfOneLineHasNoOtherLines) {
  const std::vector<Complaint> complaints = find_complaints(std::vector<std::string>{
      "Trying to free nonexistent resource <0x0-0x1>", "hello: end", "Call Trace:", " f+0x1/0x2"});
  ASSERT_EQ(complaints.size(), 2U);
  EXPECT_EQ(complaints[0].lines.size(), 1U);
  EXPECT_TRUE(complaints[1].unexplained);
}

TEST(ComplaintTest, ACallTraceOfItsOwnIsAComplaint) {
  const std::vector<std::string> log = {"hello: so far",
                                        "CPU: 0 PID: 78 Comm: init Tainted: G           OE",
                                        "Hardware name: QEMU",
                                        "Call Trace:",
                                        " <TASK>",
                                        " dump_stack_lvl+0x49/0x63",
                                        " </TASK>",
                                        "hello: end"};
  const std::vector<Complaint> complaints = find_complaints(log);
  ASSERT_EQ(complaints.size(), 1U);
  EXPECT_EQ(complaints[0].kind, kWarn);
  EXPECT_EQ(complaints[0].lines, std::vector<std::string>(log.begin(), log.end() - 1));
  EXPECT_EQ(describe(complaints[0]),
            "the kernel printed a call trace that belongs to no known complaint, after: hello: so "
            "far");
}

TEST(ComplaintTest, ACallTraceThatSomebodyAskedForIsNone) {
  for (const char* message :
       {"task:init            state:D stack:0     pid:78", "NMI backtrace for cpu 0",
        "CPU0:", "sysrq: Show Regs", "p invoked oom-killer: gfp_mask=0x140cca(GFP), order=0"}) {
    EXPECT_EQ(headlines({message, "CPU: 0 PID: 78 Comm: init", "Call Trace:", " f+0x1/0x2"}),
              std::vector<std::string>{})
        << message;
  }
}

// BUG() prints the cut after the text, WARN() before it.
TEST(ComplaintTest, TheTextBelongsToItsBlock) {
  const std::string text = "list_del corruption, ffff->next is NULL";
  for (const bool text_first : {false, true}) {
    std::vector<std::string> log = {"------------[ cut here ]------------",
                                    "kernel BUG at lib/list_debug.c:56!",
                                    "invalid opcode: 0000 [#1] PREEMPT SMP NOPTI",
                                    "Call Trace:",
                                    " f+0x1/0x2",
                                    "---[ end trace 0000000000000000 ]---"};
    log.insert(log.begin() + (text_first ? 0 : 1), text);
    const std::vector<Complaint> complaints = find_complaints(log);
    ASSERT_EQ(complaints.size(), 1U);
    EXPECT_EQ(complaints[0].kind, kOops);
    EXPECT_EQ(complaints[0].headline, text);
    EXPECT_EQ(complaints[0].lines, log);
  }
}

TEST(ComplaintTest, TwoWarningsAreTwo) {
  const std::vector<Complaint> complaints = find_complaints(std::vector<std::string>{
      "------------[ cut here ]------------", "WARNING: CPU: 0 PID: 1 at a.c:1 a+0x1/0x2",
      "------------[ cut here ]------------", "WARNING: CPU: 0 PID: 1 at b.c:1 b+0x1/0x2"});
  ASSERT_EQ(complaints.size(), 2U);
  EXPECT_EQ(complaints[0].lines.size(), 2U);
  EXPECT_EQ(complaints[1].lines.size(), 2U);
}

}  // namespace
}  // namespace kmod::vm
