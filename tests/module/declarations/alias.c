// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// No symbol at all.
#include <linux/module.h>

MODULE_ALIAS("demo-alias");
