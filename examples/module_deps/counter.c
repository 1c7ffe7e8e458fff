// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "counter.h"

#include <linux/atomic.h>
#include <linux/init.h>
#include <linux/module.h>

static int first = 1;
module_param(first, int, 0444);

static atomic_t next_number;

int counter_next(void) { return atomic_inc_return(&next_number) - 1; }
EXPORT_SYMBOL_GPL(counter_next);

static int __init counter_init(void) {
  atomic_set(&next_number, first);
  pr_info("counter: from %d\n", first);
  return 0;
}

static void __exit counter_exit(void) { pr_info("counter: bye\n"); }

module_init(counter_init);
module_exit(counter_exit);

MODULE_DESCRIPTION("Exports a function");
MODULE_LICENSE("Dual MIT/GPL");
