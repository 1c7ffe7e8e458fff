// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

MODULE_DESCRIPTION("Is in a package that make cannot handle");
MODULE_LICENSE("Dual MIT/GPL");
