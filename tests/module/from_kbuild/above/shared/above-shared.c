// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

MODULE_DESCRIPTION("Is above the first Makefile of its project");
MODULE_LICENSE("Dual MIT/GPL");
