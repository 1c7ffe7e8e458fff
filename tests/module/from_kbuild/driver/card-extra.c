// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

static int __init extra_init(void) {
  pr_info("%s: ready\n", KBUILD_MODNAME);
  return 0;
}
module_init(extra_init);

static void __exit extra_exit(void) {}
module_exit(extra_exit);

MODULE_DESCRIPTION("A module that a variable of make switches on");
MODULE_LICENSE("Dual MIT/GPL");
