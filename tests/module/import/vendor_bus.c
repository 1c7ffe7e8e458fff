// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Exports vendor_bus_card(), and uses crc_itu_t() of a module of the kernel.
#include <linux/crc-itu-t.h>
#include <linux/module.h>

int vendor_bus_card(void);
int vendor_bus_card(void) { return 7; }
EXPORT_SYMBOL_GPL(vendor_bus_card);

static int __init vendor_bus_start(void) {
  pr_info("vendor_bus: %s\n", crc_itu_t(0, "", 0) ? "odd" : "ready");
  return 0;
}

static void __exit vendor_bus_end(void) { pr_info("vendor_bus: bye\n"); }

module_init(vendor_bus_start);
module_exit(vendor_bus_end);
MODULE_DESCRIPTION("A vendor's bus");
MODULE_LICENSE("GPL");
