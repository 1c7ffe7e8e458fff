// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/init.h>
#include <linux/module.h>

int vendor_scale(int value);

static int __init blob_start(void) {
  pr_info("blob: %d\n", vendor_scale(5));
  return 0;
}

static void __exit blob_end(void) {}

module_init(blob_start);
module_exit(blob_end);
MODULE_DESCRIPTION("Calls an object that a vendor has compiled");
MODULE_LICENSE("Dual MIT/GPL");
