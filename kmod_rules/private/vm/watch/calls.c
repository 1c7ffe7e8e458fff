// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/cpuhotplug.h>
#include <linux/fs.h>
#include <linux/ftrace.h>
#include <linux/interrupt.h>
#include <linux/kprobes.h>
#include <linux/kthread.h>
#include <linux/notifier.h>
#include <linux/rcupdate.h>
#include <linux/shrinker.h>
#include <linux/srcu.h>
#include <linux/version.h>
#include <linux/workqueue.h>

#include "callbacks.h"
#include "ftrace_probe.h"
#include "probes.h"
#include "record.h"
#include "registrations.h"
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

static void rcu_work_queued(struct pt_regs *regs) {
  struct rcu_work *work = (struct rcu_work *)regs->si;
  const struct watch_record key = {
      .kind = WATCH_RCU_WORK, .object = work, .function = (void *)work->work.func};

  if (watch_is_of_module(key.function)) watch_begin(&key);
}

static void kthread_work_queued(struct pt_regs *regs) {
  watch_kthread_work_queued((struct kthread_work *)regs->si);
}

// With a delay, its timer is traced.
static void kthread_delayed_work_queued(struct pt_regs *regs) {
  struct kthread_delayed_work *work = (struct kthread_delayed_work *)regs->si;

  if (regs->dx == 0) watch_kthread_work_queued(&work->work);
}

static void kthread_work_canceled(struct pt_regs *regs) {
  watch_end(WATCH_KTHREAD_WORK, (void *)regs->di, NULL);
}

static void kthread_work_postponed(struct pt_regs *regs) {
  watch_end(WATCH_KTHREAD_WORK, (void *)regs->si, NULL);
}

// The most frequent functions come first.
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
#ifdef CONFIG_TASKS_RCU
    CALL(call_rcu_tasks, count_callback),
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
    CALL(queue_rcu_work, rcu_work_queued),
    CALL(kthread_queue_work, kthread_work_queued),
    CALL(kthread_queue_delayed_work, kthread_delayed_work_queued),
    CALL(kthread_cancel_work_sync, kthread_work_canceled),
    CALL(kthread_cancel_delayed_work_sync, kthread_work_canceled),
    CALL(kthread_mod_delayed_work, kthread_work_postponed),
    CALL(atomic_notifier_chain_register, watch_atomic_notifier_begins),
    CALL(atomic_notifier_chain_unregister, watch_atomic_notifier_ends),
    CALL(blocking_notifier_chain_register, watch_blocking_notifier_begins),
    CALL(blocking_notifier_chain_unregister, watch_blocking_notifier_ends),
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 19, 0)
    CALL(atomic_notifier_chain_register_unique_prio, watch_atomic_notifier_begins),
    CALL(blocking_notifier_chain_register_unique_prio, watch_blocking_notifier_begins),
#endif
    CALL(raw_notifier_chain_register, watch_raw_notifier_begins),
    CALL(raw_notifier_chain_unregister, watch_raw_notifier_ends),
    CALL(srcu_notifier_chain_register, watch_srcu_notifier_begins),
    CALL(srcu_notifier_chain_unregister, watch_srcu_notifier_ends),
    CALL(register_filesystem, watch_file_system_begins),
    CALL(unregister_filesystem, watch_file_system_ends),
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
    CALL(shrinker_register, watch_shrinker_begins),
    CALL(shrinker_free, watch_shrinker_ends),
#else
    CALL(register_shrinker, watch_shrinker_begins),
    CALL(unregister_shrinker, watch_shrinker_ends),
#endif
#ifdef CONFIG_KPROBES
    CALL(register_kprobe, watch_kprobe_begins),
    CALL(unregister_kprobe, watch_kprobe_ends),
    CALL(unregister_kprobes, watch_kprobes_end),
#endif
#ifdef CONFIG_KRETPROBES
    CALL(register_kretprobe, watch_kretprobe_begins),
    CALL(unregister_kretprobe, watch_kretprobe_ends),
    CALL(unregister_kretprobes, watch_kretprobes_end),
#endif
    CALL(__cpuhp_setup_state, watch_cpu_state_begins),
    CALL(__cpuhp_setup_state_cpuslocked, watch_cpu_state_begins),
};

static void called(unsigned long ip, unsigned long caller, struct pt_regs *regs) {
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

WATCH_FTRACE_PROBE(probe, called)

// One ftrace_ops for all functions: each change of the kernel's code costs time, kprobes would make
// one change each.
static struct ftrace_ops ops = {
    .func = probe,
    .flags = WATCH_FTRACE_FLAGS,
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
