// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

#include "value.h"

int plain_stub_value(void) { return 10; }
EXPORT_SYMBOL_GPL(plain_stub_value);

MODULE_DESCRIPTION("Exports a function to the other module of its project");
MODULE_LICENSE("Dual MIT/GPL");
