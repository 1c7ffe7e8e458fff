// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Uses no symbol of another module.
#include <linux/module.h>

int by_label_value(void);

int by_label_value(void) { return 4; }
EXPORT_SYMBOL_GPL(by_label_value);

MODULE_DESCRIPTION("Needs modules of the kernel without using their symbols");
MODULE_LICENSE("Dual MIT/GPL");
