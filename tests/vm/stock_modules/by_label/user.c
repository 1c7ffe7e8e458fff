// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Uses a symbol of a module that needs modules of the kernel.
#include <linux/init.h>
#include <linux/module.h>

int by_label_value(void);

static int __init user_start(void) {
  pr_info("user: %d\n", by_label_value());
  return 0;
}

static void __exit user_end(void) {}

module_init(user_start);
module_exit(user_end);
MODULE_DESCRIPTION("Uses another module");
MODULE_LICENSE("Dual MIT/GPL");
