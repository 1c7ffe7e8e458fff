// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "registrations.h"

#include <linux/fs.h>
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

// __cpuhp_setup_state(state, name, invoke, startup, teardown, multi_instance)
void watch_cpu_state_begins(struct pt_regs *regs) {
  void *name = (void *)regs->si;
  void *startup = (void *)regs->cx;
  void *teardown = (void *)regs->r8;

  begin(WATCH_CPU_STATE, name, startup ? startup : teardown, NULL);
}
