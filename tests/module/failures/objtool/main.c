// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

MODULE_DESCRIPTION("Has assembler of which objtool complains");
MODULE_LICENSE("Dual MIT/GPL");
