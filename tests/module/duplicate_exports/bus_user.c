// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Uses bus_speed().
#include <linux/module.h>

int bus_speed(void);

static int __init bus_user_start(void) {
  pr_info("bus_user: %d\n", bus_speed());
  return 0;
}

static void __exit bus_user_end(void) {}

module_init(bus_user_start);
module_exit(bus_user_end);
MODULE_DESCRIPTION("Uses bus_speed");
MODULE_LICENSE("GPL");
