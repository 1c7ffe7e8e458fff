// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

int pair_bus_speed(int factor);

int pair_bus_speed(int factor) { return factor * 7; }
EXPORT_SYMBOL_GPL(pair_bus_speed);

MODULE_DESCRIPTION("The bus of a package for DKMS");
MODULE_LICENSE("Dual MIT/GPL");
