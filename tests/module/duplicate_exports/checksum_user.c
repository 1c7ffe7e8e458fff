// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Prints what crc_itu_t() returns.
#include <linux/crc-itu-t.h>
#include <linux/module.h>

static int __init checksum_user_start(void) {
  pr_info("checksum_user: %d\n", crc_itu_t(0, NULL, 0));
  return 0;
}

static void __exit checksum_user_end(void) {}

module_init(checksum_user_start);
module_exit(checksum_user_end);
MODULE_DESCRIPTION("Uses crc_itu_t");
MODULE_LICENSE("GPL");
