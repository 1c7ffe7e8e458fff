// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "twins.h"

#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>

// The other file has a function with the same name and another size. It is not optimized for its
// only caller, because that would change the name.
static __attribute__((__noipa__)) int check(int value) {
  pr_info("checking %d\n", value);
  pr_info("and its square, %d\n", value * value);
  return value;
}

static int __init twins_init(void) {
  other_check(check(3));  // calls the other file
  return 0;
}

static void __exit twins_exit(void) {}

module_init(twins_init);
module_exit(twins_exit);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
