// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A module that is sound until the second of its allocations fails. The parameter `fault` says what
// it does then.
#include <linux/init.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static char *fault = "";
module_param(fault, charp, 0);
MODULE_PARM_DESC(fault, "what goes wrong");

static char *first;
static char *second;

static int __init allocation_fault_init(void) {
  if (strcmp(fault, "none") == 0) return 0;
  first = kmalloc(100, GFP_KERNEL);
  if (!first) return -ENOMEM;
  // Must not fail, and so does not count.
  kfree(kmalloc(100, GFP_KERNEL | __GFP_NOFAIL));
  second = kstrdup("second", GFP_KERNEL);
  if (!second && strcmp(fault, "leak") == 0) return -ENOMEM;
  if (!second && strcmp(fault, "positive") == 0) return 1;
  if (!second && strcmp(fault, "handled") == 0) {
    kfree(first);
    return -EAGAIN;
  }
  second[0] = 'S';
  return 0;
}

static void __exit allocation_fault_exit(void) {
  kfree(second);
  kfree(first);
}

module_init(allocation_fault_init);
module_exit(allocation_fault_exit);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
