// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Says what select() has chosen, and how the kernel is configured.
#include <linux/init.h>
#include <linux/module.h>

static int __init chosen_start(void) {
  pr_info("chosen: %s, %s\n", CHOSEN, IS_ENABLED(CONFIG_PREEMPT_RT) ? "real time" : "other");
  return 0;
}

static void __exit chosen_end(void) {}

module_init(chosen_start);
module_exit(chosen_end);
MODULE_DESCRIPTION("Says what select() has chosen");
MODULE_LICENSE("Dual MIT/GPL");
