// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/complaint.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace kmod::vm {
namespace {

using enum ComplaintKind;

struct Line {
  const char* text = nullptr;
  std::optional<ComplaintKind> kind;
};

// Lines of kernels from 5.10 to 6.12.
const Line kComplaints[] = {
    {"Kernel panic - not syncing: Fatal exception", kPanic},
    {"Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)", kPanic},
    {"PANIC: double fault, error_code: 0x0", kPanic},
    {"BUG: kernel NULL pointer dereference, address: 0000000000000008", kOops},
    {"BUG: unable to handle page fault for address: ffffa0c3c0a4e000", kOops},
    {"BUG: stack guard page was hit at 00000000b1a6e2bd (stack is 0000..0000)", kOops},
    {"kernel BUG at mm/slub.c:4048!", kOops},
    {"Oops: 0000 [#1] PREEMPT SMP PTI", kOops},
    {"Oops: Oops: 0002 [#1] SMP NOPTI", kOops},
    {"Oops: general protection fault, probably for non-canonical address 0x6b: 0000 [#1]", kOops},
    {"general protection fault, probably for non-canonical address 0xdead000000000108: 0000 [#1] "
     "SMP",
     kOops},
    {"general protection fault: 0000 [#1] SMP", kOops},
    {"invalid opcode: 0000 [#1] PREEMPT SMP PTI", kOops},
    {"divide error: 0000 [#2] SMP", kOops},
    {"stack segment: 0000 [#1] SMP", kOops},
    {"kernel tried to execute NX-protected page - exploit attempt? (uid: 0)", kOops},
    {"traps: Missing ENDBR: hello_init+0x0/0x20 [hello]", kOops},
    {"CFI failure at do_one_initcall+0xac/0x220 (target: x+0x0/0x10; expected type: 0x1)", kOops},
    {"Unable to handle kernel paging request at virtual address dead000000000108", kOops},
    {"Internal error: Oops: 96000004 [#1] SMP", kOops},
    {"watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [init:78]", kHang},
    {"NMI watchdog: Watchdog detected hard LOCKUP on cpu 1", kHang},
    {"INFO: task insmod:123 blocked for more than 120 seconds.", kHang},
    {"rcu: INFO: rcu_preempt self-detected stall on CPU", kHang},
    {"rcu: INFO: rcu_sched detected stalls on CPUs/tasks:", kHang},
    {"INFO: rcu_tasks detected stalls on tasks:", kHang},
    {"BUG: workqueue lockup - pool cpus=0 node=0 flags=0x0 nice=0 stuck for 31s!", kHang},
    {"WARNING: CPU: 0 PID: 78 at /m/hello.c:5 hello_init+0x11/0x1000 [hello]", kWarn},
    {"WARNING: possible circular locking dependency detected", kWarn},
    {"WARNING: suspicious RCU usage", kWarn},
    {"WARNING: can't access registers at asm_sysvec_apic_timer_interrupt+0x16/0x20", kWarn},
    {"[ BUG: Invalid wait context ]", kWarn},
    {"INFO: trying to register non-static key.", kWarn},
    {"BUG: scheduling while atomic: init/78/0x00000002", kWarn},
    {"BUG: sleeping function called from invalid context at kernel/locking/mutex.c:580", kWarn},
    {"BUG: KASAN: slab-use-after-free in hello_exit+0x3c/0x50 [hello]", kWarn},
    {"BUG: KFENCE: use-after-free read in hello_exit+0x3c/0x50 [hello]", kWarn},
    {"BUG: Bad page state in process rmmod  pfn:03fd1", kWarn},
    {"BUG: spinlock bad magic on CPU#0, insmod/80", kWarn},
    {"BUG kmalloc-64 (Tainted: G           OE     ): Redzone overwritten", kWarn},
    {"BUG hello_cache (Not tainted): Objects remaining on __kmem_cache_shutdown()",
     ComplaintKind::kLeak},
    {"BUG hello_cache (Not tainted): Objects remaining in hello_cache on shutdown",
     ComplaintKind::kLeak},
    {"------------[ ftrace bug ]------------", kWarn},
    {"ftrace failed to modify ", kWarn},
    {"UBSAN: array-index-out-of-bounds in /m/hello.c:12:5", kWarn},
    {"refcount_t: underflow; use-after-free.", kWarn},
    {"list_add corruption. prev->next should be next (ffff), but was 0000. (prev=ffff).", kWarn},
    {"list_del corruption, ffff9a3c->next is LIST_POISON1 (dead000000000100)", kWarn},
    {"kmemleak: 2 new suspected memory leaks (see /sys/kernel/debug/kmemleak)", kWarn},
    {"sysfs: cannot create duplicate filename '/class/hello'", kWarn},
    {"hello: Unknown symbol no_such_symbol (err -2)", kRefusal},
    {"hello: disagrees about version of symbol module_layout", kRefusal},
    {"hello: unknown parameter 'tims' ignored", kRefusal},
    {"hello: version magic '6.1.0 SMP ' should be '6.1.0-50-cloud-amd64 SMP '", kRefusal},
    {"do_init_module: 'hello'->init suspiciously returned 1, it should follow 0/-E convention",
     kRefusal},
    {"failed to validate module [hello] BTF: -22", kRefusal},
};

const Line kHarmless[] = {
    {"", std::nullopt},
    {"hello: hello, kernel", std::nullopt},
    {"hello: no BUG here", std::nullopt},
    {"hello: BUG: not mine", std::nullopt},
    {"hello: WARNING: battery low", std::nullopt},
    {"hello: this is no Kernel panic - not syncing", std::nullopt},
    {"hello: Oops: I did it again", std::nullopt},
    {"Oops: no number", std::nullopt},
    {"BUG tracker connected", std::nullopt},
    {"BUGS: 0", std::nullopt},
    {"WARNINGS: 3", std::nullopt},
    {"Warning: unable to open an initial console.", std::nullopt},
    {"INFO: task started", std::nullopt},
    {"hello: INFO: task a:1 blocked for more than 1 seconds.", std::nullopt},
    {"rcu: Hierarchical SRCU implementation.", std::nullopt},
    {"traps: prog[99] general protection fault ip:401136 sp:7ffd error:0", std::nullopt},
    {"kmemleak: Kernel memory leak detector initialized (mem pool available: 15704)", std::nullopt},
    {"NMI watchdog: Perf NMI watchdog permanently disabled", std::nullopt},
    {"clocksource: timekeeping watchdog on CPU0: Marking clocksource 'tsc-early' as unstable",
     std::nullopt},
    {"hello: loading out-of-tree module taints kernel.", std::nullopt},
    {"hello: module verification failed: signature and/or required key missing - tainting kernel",
     std::nullopt},
    {"hello: unknown parameter 'x' was ignored", std::nullopt},
    {"a b: Unknown symbol x (err -2)", std::nullopt},
    {"slot: 00ff [#1 of 2", std::nullopt},
};

TEST(ComplaintTest, KnowsTheKernelsComplaints) {
  for (const Line& line : kComplaints) EXPECT_EQ(classify_line(line.text), line.kind) << line.text;
}

TEST(ComplaintTest, IgnoresSimilarLines) {
  for (const Line& line : kHarmless) EXPECT_EQ(classify_line(line.text), line.kind) << line.text;
}

TEST(ComplaintTest, GivesTheWholeWarning) {
  const std::vector<std::string> log = {
      "hello: start", "------------[ cut here ]------------",
      "odd state 4",  "WARNING: CPU: 0 PID: 78 at /m/hello.c:5 hello_init+0x11/0x1000 [hello]",
      "Call Trace:",  "---[ end trace 0000000000000000 ]---",
      "hello: end",
  };
  const std::vector<Complaint> complaints = find_complaints(log);
  ASSERT_EQ(complaints.size(), 1U);
  EXPECT_EQ(complaints[0], (Complaint{kWarn, 3, log[3],
                                      std::vector<std::string>(log.begin() + 1, log.end() - 1)}));
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
