// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

static int __init warn_init(void) {
  WARN_ON(1);
  return 0;
}

static void __exit warn_exit(void) {}

module_init(warn_init);
module_exit(warn_exit);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
