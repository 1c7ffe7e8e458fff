// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Uses vendor_bus_card(), and exports vendor_card_number().
#include <linux/module.h>

int vendor_bus_card(void);
int vendor_card_number(void);

int vendor_card_number(void) { return vendor_bus_card(); }
EXPORT_SYMBOL_GPL(vendor_card_number);

MODULE_DESCRIPTION("A vendor's card");
MODULE_LICENSE("GPL");
