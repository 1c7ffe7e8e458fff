// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>
#include <linux/no_such_header.h>

MODULE_LICENSE("Dual MIT/GPL");
