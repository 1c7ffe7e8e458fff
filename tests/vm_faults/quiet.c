// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/init.h>
#include <linux/module.h>

static int __init quiet_init(void) { return 0; }

static void __exit quiet_exit(void) {}

module_init(quiet_init);
module_exit(quiet_exit);

MODULE_DESCRIPTION("Says nothing");
MODULE_LICENSE("Dual MIT/GPL");
