// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

static int __init null_write_init(void) {
  WRITE_ONCE(*(int *)NULL, 1);
  return 0;
}

static void __exit null_write_exit(void) {}

module_init(null_write_init);
module_exit(null_write_exit);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
