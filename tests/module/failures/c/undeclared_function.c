// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

static int __init undeclared_function_init(void) { return no_such_function(); }

module_init(undeclared_function_init);
MODULE_LICENSE("Dual MIT/GPL");
