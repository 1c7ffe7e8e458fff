// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

#include "private/included.c"

MODULE_LICENSE("Dual MIT/GPL");
