// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

static int not_used(int value) { return value; }

MODULE_DESCRIPTION("Has an unused function");
MODULE_LICENSE("Dual MIT/GPL");
