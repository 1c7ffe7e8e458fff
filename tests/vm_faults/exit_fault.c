// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A module that loads, and whose exit causes the fault that the parameter `fault` names.
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

static char *fault = "";
module_param(fault, charp, 0);
MODULE_PARM_DESC(fault, "what goes wrong");

static DEFINE_SPINLOCK(lock);

static void write_null(void) { WRITE_ONCE(*(int *)NULL, 1); }

// Lockdep would name the lock, but a stock kernel does not have it. It counts how often preemption
// is disabled, and notices at the next sleep that it was not enabled again.
static void hold_lock(void) { spin_lock(&lock); }

static void disable_interrupts(void) { local_irq_disable(); }

// Nothing allocates the object again.
static void write_after_free(void) {
  char *object = kmalloc(4096, GFP_KERNEL);

  kfree(object);
  OPTIMIZER_HIDE_VAR(object);
  WRITE_ONCE(object[100], 1);
}

static const struct {
  const char *name;
  void (*cause)(void);
} faults[] = {
    {"interrupts_off", disable_interrupts},
    {"lock_held", hold_lock},
    {"null_write", write_null},
    {"write_after_free", write_after_free},
};

static int __init exit_fault_init(void) {
  size_t i;

  for (i = 0; i < ARRAY_SIZE(faults); ++i) {
    if (strcmp(fault, faults[i].name) == 0) return 0;
  }
  pr_err("there is no fault %s\n", fault);
  return -EINVAL;
}

static void __exit exit_fault_exit(void) {
  size_t i;

  for (i = 0; i < ARRAY_SIZE(faults); ++i) {
    if (strcmp(fault, faults[i].name) == 0) faults[i].cause();
  }
}

module_init(exit_fault_init);
module_exit(exit_fault_exit);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
