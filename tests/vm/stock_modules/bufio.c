// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Uses dm-bufio, which uses dm-mod.
#include <linux/dm-bufio.h>
#include <linux/err.h>
#include <linux/module.h>

static int __init bufio_start(void) {
  /* A block size that is no power of two, which the kernel refuses. */
  struct dm_bufio_client *client = dm_bufio_client_create(NULL, 3, 1, 0, NULL, NULL, 0);

  pr_info("bufio: %d\n", PTR_ERR_OR_ZERO(client));
  return 0;
}

static void __exit bufio_end(void) {}

module_init(bufio_start);
module_exit(bufio_end);
MODULE_DESCRIPTION("Uses a module of the kernel that uses another one");
MODULE_LICENSE("GPL");
