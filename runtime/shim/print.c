// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// In C, because the symbol of printk() differs between kernels, and C++ is compiled without their
// headers.

#include "runtime/shim/print.h"

#include <linux/linkage.h>
#include <linux/printk.h>
#include <linux/stringify.h>

// Since 5.15 printk() is a macro over _printk().
#ifdef printk
#define KMOD_PRINTK_SYMBOL _printk
#else
#define KMOD_PRINTK_SYMBOL printk
#endif

// C can only take variadic arguments apart; a jump passes them on as they are, and the caller that
// printk() sees stays the C++ function.
asm(".pushsection .text\n"
    ".globl kmod_printk\n"
    ".type kmod_printk, @function\n"
    "kmod_printk:\n"
    "  jmp " __stringify(KMOD_PRINTK_SYMBOL) "\n"
    ".size kmod_printk, . - kmod_printk\n"
    ".popsection");
