// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

static int __init panic_init(void) {
  panic("on purpose");
  return 0;
}

static void __exit panic_exit(void) {}

module_init(panic_init);
module_exit(panic_exit);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
