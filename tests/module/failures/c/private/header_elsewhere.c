// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <header_elsewhere.h>
#include <linux/module.h>

MODULE_LICENSE("Dual MIT/GPL");
