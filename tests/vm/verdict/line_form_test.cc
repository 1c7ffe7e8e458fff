// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/line_form.h"

#include <gtest/gtest.h>

#include <optional>

#include "kmod_rules/private/vm/verdict/complaint.h"
#include "kmod_rules/private/vm/verdict/taint.h"

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
    {"Oops: general protection fault, probably for non-canonical address 0x6b: 0000 [#1] NOPTI",
     kOops},
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
    {"WARNING: possible circular locking dependency detected", kLockdep},
    {"WARNING: inconsistent lock state", kLockdep},
    {"WARNING: suspicious RCU usage", kLockdep},
    {"WARNING: can't access registers at asm_sysvec_apic_timer_interrupt+0x16/0x20", kWarn},
    {"[ BUG: Invalid wait context ]", kLockdep},
    {"INFO: trying to register non-static key.", kLockdep},
    {"BUG: scheduling while atomic: init/78/0x00000002", kWarn},
    {"BUG: sleeping function called from invalid context at kernel/locking/mutex.c:580",
     kAtomicSleep},
    {"BUG: KASAN: slab-use-after-free in hello_exit+0x3c/0x50 [hello]", kKasan},
    {"BUG: KCSAN: data-race in count [hello] / count [hello]", kKcsan},
    {"BUG: KCSAN: data-race in count+0x3c/0x50 [hello]", kKcsan},
    {"ODEBUG: free active (active state 0) object type: timer_list hint: tick+0x0/0x10 [hello]",
     kObjectState},
    {"ODEBUG: free active (active state 0) object: ffff88800 object type: work_struct hint: 0x0",
     kObjectState},
    {"ODEBUG: object 00000000b1a6e2bd is on stack 00000000c0, but NOT annotated.", kObjectState},
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
    {"UBSAN: array-index-out-of-bounds in /m/hello.c:12:5", kUbsan},
    {"refcount_t: underflow; use-after-free.", kWarn},
    {"list_add corruption. prev->next should be next (ffff), but was 0000. (prev=ffff).", kWarn},
    {"list_del corruption, ffff9a3c->next is LIST_POISON1 (dead000000000100)", kWarn},
    {"list_del corruption. next->prev should be ffff, but was 0000. (next=ffff)", kWarn},
    {"kobject (00000000b1a6e2bd): tried to init an initialized object, something is seriously "
     "wrong.",
     kWarn},
    {"kobject: kobject (00000000b1a6e2bd): tried to init an initialized object, something is "
     "seriously wrong.",
     kWarn},
    {"resource: Trying to free nonexistent resource <0x0000000000005550-0x0000000000005557>",
     kWarn},
    {"b2 b2: dma_pool_destroy b2pool, 00000000b1a6e2bd busy", kWarn},
    {"b2 b2: dma_pool_destroy b2pool busy", kWarn},
    {"softirq: huh, entered softirq 6 TASKLET 00000000f3c1 with preempt_count 00000100, exited "
     "with "
     "00000101?",
     kWarn},
    {"irq event 7: bogus return value 4d2", kWarn},
    {"irq 7: nobody cared (try booting with the \"irqpoll\" option)", kWarn},
    {"Disabling IRQ #7", kWarn},
    {"debugfs: Directory 'b2' with parent '/' already present!", kWarn},
    {"debugfs: File 'b2' in directory '/' already present!", kWarn},
    {"debugfs: 'b2' already exists in '/'", kWarn},
    {"VFS: Busy inodes after unmount of none (hello_fs)", kWarn},
    {"VFS: Busy inodes after unmount of none. Self-destruct in 5 seconds.  Have a nice day...",
     kWarn},
    {"unchecked MSR access error: RDMSR from 0x1234 at rIP: 0xffffffffc0000011 (hello_init+0x11)",
     kWarn},
    {"IPv4: Attempt to release alive inet socket 00000000b1a6e2bd", kWarn},
    {"WARNING: lib/refcount.c:28 at refcount_warn_saturate+0xf2/0x110, CPU#0: insmod/78", kWarn},
    {"WARNING: at hello_init+0x11/0x1000 [hello], CPU#0: insmod/78", kWarn},
    {"init: page allocation failure: order:10, mode:0xcc0(GFP_KERNEL), "
     "nodemask=(null),cpuset=/,mems_allowed=0",
     kRefusal},
    {"percpu: allocation failed, size=1048576 align=8 atomic=0, alloc from reserved chunk failed",
     kRefusal},
    {"sysfs: cannot create duplicate filename '/class/hello'", kWarn},
    {"hello: Unknown symbol no_such_symbol (err -2)", kRefusal},
    {"hello: disagrees about version of symbol module_layout", kRefusal},
    {"hello: unknown parameter 'tims' ignored", kRefusal},
    {"hello: version magic '6.1.0 SMP ' should be '6.1.0-50-cloud-amd64 SMP '", kRefusal},
    {"do_init_module: 'hello'->init suspiciously returned 1, it should follow 0/-E convention",
     kRefusal},
    {"hello: init suspiciously returned 1, it should follow 0/-E convention", kRefusal},
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
    // The guest asks for the scan, and reports what is the modules'.
    {"kmemleak: 2 new suspected memory leaks (see /sys/kernel/debug/kmemleak)", std::nullopt},
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
    {"queue: 0800 [#12] drained", std::nullopt},
    {"queue: 0800 [#12]", std::nullopt},
    {"WARNING: this is experimental hardware", std::nullopt},
    {"WARNING: CPU: 0 is hot", std::nullopt},
    {"BUG: none so far, 0 of 12 checks complained", std::nullopt},
    {"BUG: continued", std::nullopt},
    {"BUG: KASAN: not available", std::nullopt},
    {"watchdog: BUG: tested", std::nullopt},
    {"Internal error: checksum of block 7 is wrong, asking again", std::nullopt},
    {"UBSAN: not available", std::nullopt},
    {"refcount_t: is used", std::nullopt},
    {"list_add corruption is not possible", std::nullopt},
    {"general protection fault, says the manual", std::nullopt},
    {"kernel BUG at the door", std::nullopt},
    {"INFO: rcu_mode is off", std::nullopt},
    {"irq 7: nobody cared", std::nullopt},
    {"Trying to free nonexistent resource", std::nullopt},
    {"Call Trace:", std::nullopt},
};

TEST(LineFormTest, KnowsTheKernelsComplaints) {
  for (const Line& line : kComplaints) EXPECT_EQ(classify_line(line.text), line.kind) << line.text;
}

TEST(LineFormTest, IgnoresSimilarLines) {
  for (const Line& line : kHarmless) EXPECT_EQ(classify_line(line.text), line.kind) << line.text;
}

TEST(LineFormTest, KnowsTheTaint) {
  const auto taint = [](const char* line) { return find_line_form(line)->taint; };
  EXPECT_EQ(taint("WARNING: CPU: 0 PID: 78 at a.c:5 f+0x1/0x2"), kTaintWarned);
  EXPECT_EQ(taint("BUG: scheduling while atomic: init/78/0x00000002"), kTaintWarned);
  EXPECT_EQ(taint("BUG kmalloc-64 (Not tainted): Redzone overwritten"), kTaintBadPage);
  EXPECT_EQ(taint("sysfs: cannot create duplicate filename '/class/hello'"), 0U);
}

}  // namespace
}  // namespace kmod::vm
