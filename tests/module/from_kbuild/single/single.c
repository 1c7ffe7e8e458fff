// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

int card_core_value(int seed);

static int unused_value(void) { return 1; }

static int __init single_init(void) {
  pr_info("%s: value %d\n", KBUILD_MODNAME, card_core_value(1));
  return 0;
}
module_init(single_init);

static void __exit single_exit(void) {}
module_exit(single_exit);

MODULE_DESCRIPTION("The module of a project of one module, which gives a warning");
MODULE_LICENSE("Dual MIT/GPL");
