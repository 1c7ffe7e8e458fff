// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

MODULE_DESCRIPTION("The second of two modules of one name");
MODULE_LICENSE("Dual MIT/GPL");
