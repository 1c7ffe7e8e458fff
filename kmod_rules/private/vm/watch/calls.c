// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/ftrace.h>
#include <linux/interrupt.h>
#include <linux/notifier.h>
#include <linux/rcupdate.h>
#include <linux/srcu.h>
#include <linux/version.h>
#include <linux/workqueue.h>

#include "callbacks.h"
#include "probes.h"
#include "record.h"
#include "report.h"

#if defined(CONFIG_FUNCTION_TRACER) && defined(CONFIG_DYNAMIC_FTRACE_WITH_REGS)

static void count_callback(struct pt_regs *regs) {
  regs->si = (unsigned long)watch_count_callback((rcu_callback_t)regs->si);
}

static void count_srcu_callback(struct pt_regs *regs) {
  regs->dx = (unsigned long)watch_count_callback((rcu_callback_t)regs->dx);
}

static void tasklet_scheduled(struct pt_regs *regs) {
  struct tasklet_struct *tasklet = (struct tasklet_struct *)regs->di;
  const struct watch_record key = {
      .kind = WATCH_TASKLET, .object = tasklet, .function = (void *)tasklet->func};

  if (watch_is_of_module(key.function)) watch_begin(&key);
}

static void tasklet_killed(struct pt_regs *regs) {
  watch_end(WATCH_TASKLET, (void *)regs->di, NULL);
}

// The first member of delayed work is its work. Work that begins to run at the same time is traced.
static void work_canceled(struct pt_regs *regs) { watch_end(WATCH_WORK, (void *)regs->di, NULL); }

// It takes the work from a queue, and then arms the timer.
static void work_postponed(struct pt_regs *regs) { watch_end(WATCH_WORK, (void *)regs->dx, NULL); }

static void begin_notifier(enum watch_kind kind, struct pt_regs *regs) {
  struct notifier_block *block = (struct notifier_block *)regs->si;
  const struct watch_record key = {.kind = kind,
                                   .object = block,
                                   .function = (void *)block->notifier_call,
                                   .chain = (void *)regs->di};

  if (watch_is_of_module(block) || watch_is_of_module(key.function)) watch_begin(&key);
}

static void end_notifier(enum watch_kind kind, struct pt_regs *regs) {
  watch_end(kind, (void *)regs->si, (void *)regs->di);
}

static void atomic_begins(struct pt_regs *regs) { begin_notifier(WATCH_ATOMIC_NOTIFIER, regs); }
static void atomic_ends(struct pt_regs *regs) { end_notifier(WATCH_ATOMIC_NOTIFIER, regs); }
static void blocking_begins(struct pt_regs *regs) { begin_notifier(WATCH_BLOCKING_NOTIFIER, regs); }
static void blocking_ends(struct pt_regs *regs) { end_notifier(WATCH_BLOCKING_NOTIFIER, regs); }
static void raw_begins(struct pt_regs *regs) { begin_notifier(WATCH_RAW_NOTIFIER, regs); }
static void raw_ends(struct pt_regs *regs) { end_notifier(WATCH_RAW_NOTIFIER, regs); }
static void srcu_begins(struct pt_regs *regs) { begin_notifier(WATCH_SRCU_NOTIFIER, regs); }
static void srcu_ends(struct pt_regs *regs) { end_notifier(WATCH_SRCU_NOTIFIER, regs); }

// The functions are called with their arguments in di, si and dx. The most frequent come first.
#define CALL(function, probe) {(unsigned long)(function), #function, probe}
static const struct {
  unsigned long address;
  const char *name;
  void (*probe)(struct pt_regs *regs);
} calls[] = {
    CALL(call_rcu, count_callback),
    CALL(call_srcu, count_srcu_callback),
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
    CALL(call_rcu_hurry, count_callback),
#endif
    CALL(__tasklet_schedule, tasklet_scheduled),
    CALL(__tasklet_hi_schedule, tasklet_scheduled),
    CALL(tasklet_kill, tasklet_killed),
    CALL(cancel_work_sync, work_canceled),
    CALL(cancel_delayed_work, work_canceled),
    CALL(cancel_delayed_work_sync, work_canceled),
    CALL(mod_delayed_work_on, work_postponed),
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 0, 0)
    CALL(cancel_work, work_canceled),
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0)
    CALL(disable_work, work_canceled),
    CALL(disable_work_sync, work_canceled),
    CALL(disable_delayed_work, work_canceled),
    CALL(disable_delayed_work_sync, work_canceled),
#endif
    CALL(atomic_notifier_chain_register, atomic_begins),
    CALL(atomic_notifier_chain_unregister, atomic_ends),
    CALL(blocking_notifier_chain_register, blocking_begins),
    CALL(blocking_notifier_chain_unregister, blocking_ends),
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 19, 0)
    CALL(atomic_notifier_chain_register_unique_prio, atomic_begins),
    CALL(blocking_notifier_chain_register_unique_prio, blocking_begins),
#endif
    CALL(raw_notifier_chain_register, raw_begins),
    CALL(raw_notifier_chain_unregister, raw_ends),
    CALL(srcu_notifier_chain_register, srcu_begins),
    CALL(srcu_notifier_chain_unregister, srcu_ends),
};

static void called(unsigned long ip, struct pt_regs *regs) {
  // A landing pad of IBT can come before the place that ftrace uses.
  const unsigned long landing_pad = 4;
  size_t i;

  if (!regs) return;
  for (i = 0; i < ARRAY_SIZE(calls); ++i) {
    if (ip - calls[i].address > landing_pad) continue;
    calls[i].probe(regs);
    return;
  }
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
static void ftrace_probe(unsigned long ip, unsigned long parent, struct ftrace_ops *ops,
                         struct ftrace_regs *regs) {
  called(ip, ftrace_get_regs(regs));
}
#define RECURSION FTRACE_OPS_FL_RECURSION
#else
static void ftrace_probe(unsigned long ip, unsigned long parent, struct ftrace_ops *ops,
                         struct pt_regs *regs) {
  called(ip, regs);
}
// Without a flag, ftrace itself protects the probe from recursion.
#define RECURSION 0
#endif

// One ftrace_ops for all functions: each change of the kernel's code costs time, kprobes would make
// one change each. PERMANENT: nothing can switch it off.
static struct ftrace_ops ops = {
    .func = ftrace_probe,
    .flags = FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_PERMANENT | RECURSION,
};

void watch_place_calls(void) {
  size_t i;
  int error;

  for (i = 0; i < ARRAY_SIZE(calls); ++i) {
    error = ftrace_set_filter_ip(&ops, calls[i].address, 0, 0);
    if (error) watch_report_unplaced("ftrace at", calls[i].name, error);
  }
  error = register_ftrace_function(&ops);
  if (error) watch_report_unplaced("ftrace at", "the functions that modules call", error);
}

#else

void watch_place_calls(void) {
  watch_report_unplaced("ftrace at", "the functions that modules call", -EOPNOTSUPP);
}

#endif
