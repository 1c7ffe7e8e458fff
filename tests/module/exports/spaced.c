// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The attribute exports its function.
#include "spaced.h"

#include <linux/module.h>

int spaced_value(void) { return 12; }

MODULE_DESCRIPTION("Exports a function in a namespace");
MODULE_LICENSE("Dual MIT/GPL");
