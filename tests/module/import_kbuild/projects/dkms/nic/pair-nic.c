// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

#include "config.h"

int pair_bus_speed(int factor);

static int __init nic_init(void) {
  pr_info("pair-nic: speed %d\n", pair_bus_speed(PAIR_SPEED));
  return 0;
}
module_init(nic_init);

static void __exit nic_exit(void) {}
module_exit(nic_exit);

MODULE_DESCRIPTION("A card on the bus of a package for DKMS");
MODULE_LICENSE("Dual MIT/GPL");
