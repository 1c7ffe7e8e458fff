// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/init.h>
#include <linux/module.h>

#include "spaced.h"

static int __init spaced_user_start(void) {
  pr_info("spaced_user: %d\n", spaced_value());
  return 0;
}

static void __exit spaced_user_end(void) {}

module_init(spaced_user_start);
module_exit(spaced_user_end);
MODULE_DESCRIPTION("Calls a function of a namespace");
MODULE_LICENSE("Dual MIT/GPL");
