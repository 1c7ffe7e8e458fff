// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "registrations.h"

#include <linux/fs.h>
#include <linux/kprobes.h>
#include <linux/notifier.h>
#include <linux/shrinker.h>

#include "record.h"

// Only objects of modules count, and those with a function of a module.
static void begin(enum watch_kind kind, void *object, void *function, void *chain) {
  const struct watch_record key = {
      .kind = kind, .object = object, .function = function, .chain = chain};

  if (watch_is_of_module(object) || watch_is_of_module(function)) watch_begin(&key);
}

static void begin_notifier(enum watch_kind kind, struct pt_regs *regs) {
  struct notifier_block *block = (struct notifier_block *)regs->si;

  begin(kind, block, (void *)block->notifier_call, (void *)regs->di);
}

static void end_notifier(enum watch_kind kind, struct pt_regs *regs) {
  watch_end(kind, (void *)regs->si, (void *)regs->di);
}

void watch_atomic_notifier_begins(struct pt_regs *regs) {
  begin_notifier(WATCH_ATOMIC_NOTIFIER, regs);
}

void watch_atomic_notifier_ends(struct pt_regs *regs) { end_notifier(WATCH_ATOMIC_NOTIFIER, regs); }

void watch_blocking_notifier_begins(struct pt_regs *regs) {
  begin_notifier(WATCH_BLOCKING_NOTIFIER, regs);
}

void watch_blocking_notifier_ends(struct pt_regs *regs) {
  end_notifier(WATCH_BLOCKING_NOTIFIER, regs);
}

void watch_raw_notifier_begins(struct pt_regs *regs) { begin_notifier(WATCH_RAW_NOTIFIER, regs); }

void watch_raw_notifier_ends(struct pt_regs *regs) { end_notifier(WATCH_RAW_NOTIFIER, regs); }

void watch_srcu_notifier_begins(struct pt_regs *regs) { begin_notifier(WATCH_SRCU_NOTIFIER, regs); }

void watch_srcu_notifier_ends(struct pt_regs *regs) { end_notifier(WATCH_SRCU_NOTIFIER, regs); }

void watch_file_system_begins(struct pt_regs *regs) {
  struct file_system_type *type = (struct file_system_type *)regs->di;

  begin(WATCH_FILE_SYSTEM, type, (void *)type->kill_sb, NULL);
}

void watch_file_system_ends(struct pt_regs *regs) {
  watch_end(WATCH_FILE_SYSTEM, (void *)regs->di, NULL);
}

void watch_shrinker_begins(struct pt_regs *regs) {
  struct shrinker *shrinker = (struct shrinker *)regs->di;

  begin(WATCH_SHRINKER, shrinker, (void *)shrinker->scan_objects, NULL);
}

void watch_shrinker_ends(struct pt_regs *regs) {
  watch_end(WATCH_SHRINKER, (void *)regs->di, NULL);
}

#ifdef CONFIG_KPROBES

void watch_kprobe_begins(struct pt_regs *regs) {
  struct kprobe *probe = (struct kprobe *)regs->di;
  void *function = probe->pre_handler ? (void *)probe->pre_handler : (void *)probe->post_handler;

  if (watch_is_of_module(function)) begin(WATCH_KPROBE, probe, function, NULL);
}

void watch_kprobe_ends(struct pt_regs *regs) { watch_end(WATCH_KPROBE, (void *)regs->di, NULL); }

// unregister_kprobes(probes, number)
void watch_kprobes_end(struct pt_regs *regs) {
  struct kprobe **probes = (struct kprobe **)regs->di;
  int i;

  for (i = 0; i < (int)regs->si; ++i) watch_end(WATCH_KPROBE, probes[i], NULL);
}

#endif

#ifdef CONFIG_KRETPROBES

void watch_kretprobe_begins(struct pt_regs *regs) {
  struct kretprobe *probe = (struct kretprobe *)regs->di;

  begin(WATCH_KRETPROBE, probe, (void *)probe->handler, NULL);
}

void watch_kretprobe_ends(struct pt_regs *regs) {
  watch_end(WATCH_KRETPROBE, (void *)regs->di, NULL);
}

void watch_kretprobes_end(struct pt_regs *regs) {
  struct kretprobe **probes = (struct kretprobe **)regs->di;
  int i;

  for (i = 0; i < (int)regs->si; ++i) watch_end(WATCH_KRETPROBE, probes[i], NULL);
}

#endif

// __cpuhp_setup_state(state, name, invoke, startup, teardown, multi_instance)
void watch_cpu_state_begins(struct pt_regs *regs) {
  void *name = (void *)regs->si;
  void *startup = (void *)regs->cx;
  void *teardown = (void *)regs->r8;

  begin(WATCH_CPU_STATE, name, startup ? startup : teardown, NULL);
}
