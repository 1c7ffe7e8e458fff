// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

#include "value.h"

static int __init plain_init(void) {
  pr_info("plain: value %d\n", plain_value() + plain_stub_value());
  return 0;
}
module_init(plain_init);

static void __exit plain_exit(void) {}
module_exit(plain_exit);

MODULE_DESCRIPTION("A module of a project with a Makefile for both make and kbuild");
MODULE_LICENSE("Dual MIT/GPL");
