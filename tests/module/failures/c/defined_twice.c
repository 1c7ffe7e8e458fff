// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

int included_value(void);

int included_value(void) { return 2; }

MODULE_LICENSE("Dual MIT/GPL");
