// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

unsigned long read_jiffies(void);

static int __init start(void) {
  pr_info("%lu\n", read_jiffies());
  return 0;
}

module_init(start);

MODULE_LICENSE("Dual MIT/GPL");
