// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/line_form.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/verdict/taint.h"

namespace kmod::vm {
namespace {

using enum ComplaintKind;
using enum Extent;

struct Form {
  std::string_view line;  // `*` is any text, even none, and `%` a decimal number
  LineForm meaning;
};

constexpr LineForm kPanics{kPanic, kBlock};
constexpr LineForm kOopses{kOops, kBlock, kTaintDied};
constexpr LineForm kHangs{kHang, kBlock};
constexpr LineForm kWarning{kWarn, kBlock, kTaintWarned};
constexpr LineForm kTaintingStack{kWarn, kStack, kTaintWarned};
constexpr LineForm kBadPage{kWarn, kReport, kTaintBadPage};
constexpr LineForm kBadAccess{kKasan, kReport, kTaintBadPage};
constexpr LineForm kRace{kKcsan, kRuled};
constexpr LineForm kBadLocking{kLockdep, kReport};
constexpr LineForm kBadLockingStack{kLockdep, kStack};
constexpr LineForm kBadSleep{kAtomicSleep, kStack, kTaintWarned};
constexpr LineForm kWarnText{kWarn, kText};
constexpr LineForm kWarnStack{kWarn, kStack};
constexpr LineForm kWarnLine{kWarn, kLine};
constexpr LineForm kRefused{kRefusal, kLine};
constexpr LineForm kRefusedStack{kRefusal, kStack};

// The first form that matches decides, so specific ones stand before general ones. The comments
// name the files of Linux 6.1, and the versions in which a line differs; docs/design/vm.md says how
// to compare kernels.
constexpr std::array kForms = std::to_array<Form>({
    // kernel/panic.c. The kernel's arguments turn these complaints into panics.
    {"Kernel panic - not syncing: *panic_on_warn set*", {kWarn, kBlock, 0, true}},
    {"Kernel panic - not syncing: softlockup: *", {kHang, kBlock, 0, true}},
    {"Kernel panic - not syncing: hung_task: *", {kHang, kBlock, 0, true}},
    {"Kernel panic - not syncing: Hard LOCKUP*", {kHang, kBlock, 0, true}},
    {"Kernel panic - not syncing: RCU Stall*", {kHang, kBlock, 0, true}},
    {"Kernel panic - not syncing*", kPanics},
    {"PANIC: double fault, error_code: *", kPanics},     // arch/x86/kernel/traps.c
    {"PANIC: early exception *", kPanics},               // arch/x86/mm/extable.c
    {"PANIC: invalid or fatal FRED event; *", kPanics},  // 7.2, arch/x86/entry/entry_fred.c
    // arch/x86/mm/fault.c
    {"BUG: kernel NULL pointer dereference, address: *", kOopses},
    {"BUG: unable to handle *", kOopses},
    {"kernel tried to execute NX-protected page - exploit attempt? (uid: %)*", kOopses},
    {"unable to execute userspace code (SMEP?) (uid: %)*", kOopses},
    // arch/x86/kernel/traps.c; the first one is of 5.10
    {"BUG: stack guard page was hit at *", kOopses},
    {"BUG: * stack guard page was hit at *", kOopses},
    {"BUG: invalid or fatal FRED event; *", kOopses},  // 7.2
    {"Missing ENDBR: *+0x*", kOopses},
    {"CFI failure at *+0x* (target: *", kOopses},  // kernel/cfi.c
    // lib/bug.c
    {"kernel BUG at *:%!", kOopses},
    {"Kernel BUG at * [verbose debug info unavailable]", kOopses},
    {"kernel BUG at * [verbose debug info unavailable]", kOopses},  // 7.2
    {"Unable to handle kernel *", kOopses},                         // arch/arm64/mm/fault.c
    {"Internal error: * [#%]*", kOopses},                           // arch/arm64/kernel/traps.c
    {"Fixing recursive fault but reboot is needed!", kOopses},      // kernel/exit.c
    // kernel/watchdog.c, kernel/watchdog_hld.c, kernel/workqueue.c, kernel/locking/spinlock_debug.c
    {"BUG: soft lockup - CPU#% stuck for *", kHangs},
    {"Watchdog detected hard LOCKUP on cpu *", kHangs},
    {"BUG: workqueue lockup - pool*", kHangs},
    {"BUG: spinlock lockup suspected on *", kHangs},
    // kernel/hung_task.c; since 6.16 "blocked in I/O wait for more than"
    {"INFO: task *:% blocked*for more than % seconds*", kHangs},
    // kernel/rcu/tree_stall.h, tree_exp.h, tasks.h
    {"INFO: rcu_* detected stalls*", kHangs},
    {"INFO: rcu_* detected expedited stalls on *", kHangs},
    {"INFO: rcu_* self-detected stall on CPU*", kHangs},
    // mm/slub.c, mm/slab_common.c: since 6.12 without the name of the cache
    {"BUG * (*): Objects remaining *", {kLeak, kReport, kTaintBadPage}},
    {"kmem_cache_destroy *: Slab cache still has objects", {kLeak, kStack}},  // 5.10
    {"kmem_cache_destroy *: Slab cache still has objects when called from *", {kLeak, kText}},
    {"BUG * (Tainted: *): *", kBadPage},
    {"BUG * (Not tainted): *", kBadPage},
    {"slab error in *(): *", kBadPage},
    // kernel/panic.c: 5.10 to 6.12, then since 6.18 with and without a file
    {"WARNING: CPU: % PID: % at *", kWarning},
    {"WARNING: *:% at *, CPU#%: */%", kWarning},
    {"WARNING: at *, CPU#%: */%", kWarning},
    // kernel/sched/core.c
    {"BUG: scheduling while atomic: */%/0x*", kTaintingStack},
    {"BUG: scheduling in a non-blocking section: *", kTaintingStack},
    {"BUG: sleeping function called from invalid context at *:%", kBadSleep},
    {"BUG: assuming atomic context at *:%", kTaintingStack},
    {"BUG: assuming non migratable context at *:%", kTaintingStack},
    {"BUG: using * in preemptible [*] code: */%", kWarnStack},  // lib/smp_processor_id.c
    {"BUG: workqueue leaked *", kWarnStack},                    // kernel/workqueue.c
    // kernel/locking/spinlock_debug.c
    {"BUG: spinlock * on CPU#%, */%", kWarnStack},
    {"BUG: rwlock * on CPU#%, */%, *", kWarnStack},
    // mm/kasan/report.c, mm/kfence/report.c, mm/kmsan/report.c, kernel/kcsan/report.c
    {"BUG: KASAN: * in *", kBadAccess},
    {"BUG: KASAN: invalid-access", kBadAccess},
    {"BUG: KFENCE: * in *", kBadPage},
    {"BUG: KMSAN: * in *", kBadPage},
    {"BUG: KCSAN: * in *", kRace},
    // mm/page_alloc.c, mm/filemap.c, mm/memory.c, kernel/fork.c, mm/mempool.c, fs/dcache.c
    {"BUG: Bad page state in process *", kBadPage},
    {"BUG: Bad page cache in process *", kBadPage},
    {"BUG: Bad page map in process *", kBadPage},
    {"BUG: Bad page *: % messages suppressed", kWarnLine},
    {"BUG: Bad rss-counter state mm:*", kWarnLine},
    {"BUG: non-zero pgtables_bytes on freeing mm: *", kWarnLine},
    {"BUG: mempool element poison mismatch", kWarnStack},
    {"BUG: Dentry * still in use (%) [unmount of *", kWarnText},
    {"pagealloc: memory corruption", kWarnStack},  // mm/page_poison.c
    {"pagealloc: single bit error", kWarnStack},
    // kernel/locking/lockdep.c
    {"WARNING: possible circular locking dependency detected*", kBadLocking},
    {"WARNING: possible recursive locking detected*", kBadLocking},
    {"WARNING: possible irq lock inversion dependency detected*", kBadLocking},
    {"WARNING: *-safe -> *-unsafe lock order detected*", kBadLocking},
    {"WARNING: inconsistent lock state*", kBadLocking},
    {"WARNING: Nested lock was not taken*", kBadLocking},
    {"WARNING: bad unlock balance detected!*", kBadLocking},
    {"WARNING: bad contention detected!*", kBadLocking},
    {"WARNING: held lock freed!*", kBadLocking},
    {"WARNING: */% still has locks held!*", kBadLocking},
    {"WARNING: lock held when returning to user space!*", kBadLocking},
    {"WARNING: suspicious RCU usage*", kBadLocking},
    {"WARNING: chain_key collision*", kBadLocking},
    {"[ BUG: * ]", kBadLocking},
    {"[ INFO: * ]", kBadLocking},
    {"BUG: MAX_* too low!", kBadLockingStack},
    {"BUG: looking up invalid subclass: %", kBadLockingStack},
    {"BUG: key * has not been registered!", kBadLockingStack},
    {"INFO: trying to register non-static key.", kBadLockingStack},
    {"INFO: suspicious RCU usage*", kBadLocking},
    {"DEBUG_LOCKS_WARN_ON(*", {kLockdep, kText}},
    // arch/x86/kernel/unwind_orc.c, unwind_frame.c, dumpstack_64.c
    {"WARNING: can't access *registers at *", kWarnLine},
    {"WARNING: can't dereference *registers at * for ip *", kWarnLine},  // 5.10
    {"WARNING: missing * value at *", kWarnLine},
    {"WARNING: stack going in the wrong direction? at *", kWarnLine},
    {"WARNING: stack recursion on stack type %*", kWarnLine},
    {"WARNING: unknown * base reg % *", kWarnLine},
    {"WARNING: unknown .orc_unwind entry type % at *", kWarnLine},
    {"WARNING: WARNING: bad lookup *: idx=*", kWarnLine},
    {"WARNING: kernel stack * at * in *:% has bad *value *", kWarnLine},
    {"WARNING: Flushing system-wide workqueues will be prohibited in near future.", kWarnStack},
    // kernel/trace/ftrace.c
    {"------------[ ftrace bug ]------------", kWarnText},
    {"ftrace failed to modify*", kWarnText},
    {"UBSAN: * in *:%:%", {kUbsan, kStack}},  // lib/ubsan.c
    // lib/debugobjects.c, which prints the last one without a WARN()
    {"ODEBUG: * (active state %) object type: *", {kObjectState, kText}},
    {"ODEBUG: * (active state %) object: * object type: *", {kObjectState, kText}},
    {"ODEBUG: object * is on stack *, but NOT annotated.", {kObjectState, kText}},
    {"ODEBUG: object * is NOT on stack *, but annotated.", {kObjectState, kText}},
    // lib/refcount.c, lib/list_debug.c
    {"refcount_t: *; use-after-free.", kWarnText},
    {"refcount_t: *; leaking memory.", kWarnText},
    {"refcount_t: unknown saturation event!?.", kWarnText},
    {"list_add corruption. *is NULL.", kWarnText},
    {"list_add corruption. * should be *, but was *", kWarnText},
    {"list_add double add: new=*", kWarnText},
    {"list_del corruption, *->* is *", kWarnText},
    {"list_del corruption. * should be *, but was *", kWarnText},
    {"sysfs: cannot create duplicate filename '*'", kWarnStack},  // fs/sysfs/dir.c
    // lib/kobject.c
    {"kobject_add_internal failed for *", kWarnLine},
    {"kobject (*): tried to init an initialized object, something is seriously wrong.", kWarnStack},
    {"kobject '*' (*): tried to add an uninitialized object, something is seriously wrong.",
     kWarnStack},
    {"Trying to free nonexistent resource <*-*>", kWarnLine},  // kernel/resource.c
    // mm/dmapool.c; since 6.12 without the address
    {"*dma_pool_destroy * busy", kWarnLine},
    {"*dma_pool_free *, *(bad dma)", kWarnLine},
    {"*dma_pool_free *, * (bad vaddr)/*", kWarnLine},
    {"*dma_pool_free *, dma * already free", kWarnLine},
    {"*dma_pool_alloc *, * (corrupted)", kWarnLine},
    // kernel/softirq.c
    {"huh, entered softirq % * with preempt_count *, exited with *?", kWarnLine},
    {"Attempt to kill tasklet from interrupt", kWarnLine},
    // kernel/irq/spurious.c
    {"irq event %: bogus return value *", kWarnStack},
    {"irq %: nobody cared (try booting with the \"irqpoll\" option)", kWarnStack},
    {"Disabling IRQ #%", kWarnLine},
    // fs/debugfs/inode.c: up to 6.12, and since 7.2
    {"Directory '*' with parent '*' already present!", kWarnLine},
    {"File '*' in directory '*' already present!", kWarnLine},
    {"debugfs: '*' already exists in '*'", kWarnLine},
    // fs/super.c: the second one is of 5.10
    {"VFS: Busy inodes after unmount of * (*)", kWarnText},
    {"VFS: Busy inodes after unmount of *. Self-destruct in 5 seconds. *", kWarnLine},
    {"unchecked MSR access error: * at rIP: *", kWarnStack},  // arch/x86/mm/extable.c
    // net/ipv4/af_inet.c, net/unix/af_unix.c, net/packet/af_packet.c, net/core/neighbour.c,
    // net/ipv4/devinet.c, net/ipv6/addrconf_core.c, net/netlink/af_netlink.c
    {"Attempt to release alive * socket*", kWarnLine},
    {"Attempt to release TCP socket in state % *", kWarnLine},
    {"Destroying alive neighbour *", kWarnStack},
    {"Freeing alive * *", kWarnLine},
    // fs/proc/proc_sysctl.c
    {"sysctl table check failed: *", kWarnStack},
    {"sysctl duplicate entry: *", kWarnStack},
    // mm/page_alloc.c (warn_alloc, also of vmalloc), mm/percpu.c, mm/slab_common.c
    {"*, mode:0x*(*), nodemask=*", kRefusedStack},
    {"percpu: allocation failed, size=% align=% atomic=%, *", kRefusedStack},
    {"kmem_cache_create*(*) failed with error %", kRefusedStack},
    // kernel/module/main.c: the second one up to 6.12, the third one since 7.2
    {"failed to validate module [*] BTF: *", kRefused},
    {"*: '*'->init suspiciously returned %, it should follow 0/-E convention", kRefusedStack},
    {"*: init suspiciously returned %, it should follow 0/-E convention", kRefusedStack},
});

// Prefixes for a part of the kernel, which pr_fmt() puts before the forms above.
constexpr std::array<std::string_view, 13> kSpeakers = {
    "watchdog: ", "NMI watchdog: ", "rcu: ",  "workqueue: ", "traps: ", "kobject: ",  "resource: ",
    "softirq: ",  "debugfs: ",      "IPv4: ", "IPv6: ",      "unix: ",  "af_packet: "};

std::size_t count_digits(std::string_view text) {
  return std::min(text.find_first_not_of("0123456789"), text.size());
}

bool matches(std::string_view form, std::string_view line) {
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] == '*') {
      const std::string_view rest = form.substr(i + 1);
      if (rest.empty()) return true;
      for (; !line.empty(); line.remove_prefix(1)) {
        if (matches(rest, line)) return true;
      }
      return matches(rest, line);
    }
    if (line.empty()) return false;
    const std::size_t digits = form[i] == '%' ? count_digits(line) : 1;
    if (digits == 0 || (form[i] != '%' && form[i] != line.front())) return false;
    line.remove_prefix(digits);
  }
  return line.empty();
}

// " PREEMPT SMP NOPTI": what die() of x86 appends. Every kernel has at least one of them.
bool are_die_flags(std::string_view text) {
  constexpr std::array<std::string_view, 7> kFlags = {
      "PREEMPT", "PREEMPT_RT", "SMP", "DEBUG_PAGEALLOC", "KASAN", "PTI", "NOPTI"};
  if (!text.starts_with(' ')) return false;
  return std::ranges::all_of(base::split(text.substr(1), ' '), [&](std::string_view flag) {
    return std::ranges::find(kFlags, flag) != kFlags.end();
  });
}

// "general words: 0000 [#1] PREEMPT SMP", which die() prints for every kind of trap on x86; since
// 6.7 it begins with "Oops: ".
bool is_die_line(std::string_view line) {
  const std::size_t count = line.find(" [#");
  if (count == std::string_view::npos || count < 6) return false;
  const std::string_view code = line.substr(count - 4, 4);
  const auto is_hex = [](unsigned char c) { return std::isxdigit(c) != 0; };
  if (!std::ranges::all_of(code, is_hex) || line.substr(count - 6, 2) != ": ") return false;
  const std::string_view number = line.substr(count + 3);
  const std::size_t digits = count_digits(number);
  return digits != 0 && number.substr(digits).starts_with(']') &&
         are_die_flags(number.substr(digits + 1));
}

// A message of the module loader (kernel/module/main.c) after "<module>: ".
bool is_loader_refusal(std::string_view line) {
  const std::size_t colon = line.find(": ");
  if (colon == std::string_view::npos || colon == 0) return false;
  const auto is_name = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; };
  if (!std::ranges::all_of(line.substr(0, colon), is_name)) return false;
  const std::string_view said = line.substr(colon + 2);
  return matches("Unknown symbol * (err *)", said) ||
         matches("disagrees about version of symbol *", said) ||
         matches("no symbol version for *", said) || matches("version magic '*", said) ||
         matches("unknown parameter '*' ignored", said);
}

}  // namespace

std::optional<LineForm> find_line_form(std::string_view line) {
  if (is_die_line(line)) return kOopses;
  if (is_loader_refusal(line)) return kRefused;
  for (bool stripped = true; stripped;) {
    const auto* const form = std::ranges::find_if(
        kForms, [&](const Form& candidate) { return matches(candidate.line, line); });
    if (form != kForms.end()) return form->meaning;
    stripped = false;
    for (std::string_view speaker : kSpeakers) {
      if (stripped || !line.starts_with(speaker)) continue;
      line.remove_prefix(speaker.size());
      stripped = true;
    }
  }
  return std::nullopt;
}

}  // namespace kmod::vm
