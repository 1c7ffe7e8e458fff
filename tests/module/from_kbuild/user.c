// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

int card_core_value(int seed);

static int __init user_init(void) {
  pr_info("%s: value %d\n", KBUILD_MODNAME, card_core_value(5));
  return 0;
}
module_init(user_init);

static void __exit user_exit(void) {}
module_exit(user_exit);

MODULE_DESCRIPTION("A kernel_module that uses a module of a project");
MODULE_LICENSE("Dual MIT/GPL");
