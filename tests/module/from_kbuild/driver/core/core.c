// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

#include "card.h"
#include "trace.h"

int card_core_value(int seed) {
  trace_card_value(seed);
  return seed + CARD_OFFSET;
}
EXPORT_SYMBOL_GPL(card_core_value);

static int __init core_init(void) {
  pr_info("%s: ready\n", KBUILD_MODNAME);
  return 0;
}
module_init(core_init);

static void __exit core_exit(void) {}
module_exit(core_exit);

MODULE_DESCRIPTION("The part of a card's driver that exports a function");
MODULE_LICENSE("Dual MIT/GPL");
