// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/dma-buf.h>
#include <linux/module.h>

/* A symbol of a namespace. */
static void (*volatile put)(struct dma_buf *buffer) = dma_buf_put;

static int __init dash_init(void) {
  pr_info("%s: %d\n", KBUILD_MODNAME, put != NULL);
  return 0;
}

static void __exit dash_exit(void) {}

module_init(dash_init);
module_exit(dash_exit);
