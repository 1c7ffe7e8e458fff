// SPDX-License-Identifier: MIT OR GPL-2.0-only

#include "runtime/shim/print.h"

#include <linux/kern_levels.h>
#include <linux/linkage.h>
#include <linux/printk.h>
#include <linux/stringify.h>

#define KMOD_ASSERT_LEVEL(level)                                                         \
  _Static_assert(sizeof(KMOD_##level) == sizeof(level) && KMOD_##level[0] == level[0] && \
                     KMOD_##level[1] == level[1],                                        \
                 "kmod/print.h's level is not this kernel's " #level)
KMOD_ASSERT_LEVEL(KERN_EMERG);
KMOD_ASSERT_LEVEL(KERN_ALERT);
KMOD_ASSERT_LEVEL(KERN_CRIT);
KMOD_ASSERT_LEVEL(KERN_ERR);
KMOD_ASSERT_LEVEL(KERN_WARNING);
KMOD_ASSERT_LEVEL(KERN_NOTICE);
KMOD_ASSERT_LEVEL(KERN_INFO);
KMOD_ASSERT_LEVEL(KERN_DEBUG);

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
