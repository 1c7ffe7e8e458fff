// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Uses vendor_card_number().
#include <linux/module.h>

int vendor_card_number(void);

static int __init client_start(void) {
  pr_info("client: card %d\n", vendor_card_number());
  return 0;
}

static void __exit client_end(void) {}

module_init(client_start);
module_exit(client_end);
MODULE_DESCRIPTION("Uses a vendor's modules");
MODULE_LICENSE("GPL");
