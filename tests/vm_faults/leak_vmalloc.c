// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/init.h>
#include <linux/module.h>
#include <linux/vmalloc.h>

static bool refuse;
module_param(refuse, bool, 0444);
MODULE_PARM_DESC(refuse, "Fail to load once the memory is there");

static int __init leak_vmalloc_init(void) {
  if (!vmalloc(3 * PAGE_SIZE)) return -ENOMEM;
  return refuse ? -EINVAL : 0;
}

static void __exit leak_vmalloc_exit(void) {}

module_init(leak_vmalloc_init);
module_exit(leak_vmalloc_exit);

MODULE_DESCRIPTION("Leaves three pages of vmalloc()");
MODULE_LICENSE("Dual MIT/GPL");
