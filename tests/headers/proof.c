// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

MODULE_DESCRIPTION("Links every call that C++ can make");
MODULE_LICENSE("Dual MIT/GPL");
