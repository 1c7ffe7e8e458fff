// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

int twin_value(void);

int twin_value(void) { return 1; }
EXPORT_SYMBOL_GPL(twin_value);

MODULE_DESCRIPTION("One of two modules that export the same symbol");
MODULE_LICENSE("Dual MIT/GPL");
