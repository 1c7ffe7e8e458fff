// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A module that loads, and whose exit causes the fault that the parameter `fault` names.
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/spinlock.h>

static char *fault = "";
module_param(fault, charp, 0);
MODULE_PARM_DESC(fault, "what goes wrong");

static DEFINE_SPINLOCK(lock);

static int __init exit_fault_init(void) {
  if (strcmp(fault, "lock_held") == 0 || strcmp(fault, "null_write") == 0) return 0;
  pr_err("there is no fault %s\n", fault);
  return -EINVAL;
}

static void __exit exit_fault_exit(void) {
  if (strcmp(fault, "null_write") == 0) WRITE_ONCE(*(int *)NULL, 1);
  // Lockdep would name the lock, but a stock kernel does not have it. It counts how often
  // preemption is disabled, and notices at the next sleep that it was not enabled again.
  if (strcmp(fault, "lock_held") == 0) spin_lock(&lock);
}

module_init(exit_fault_init);
module_exit(exit_fault_exit);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
