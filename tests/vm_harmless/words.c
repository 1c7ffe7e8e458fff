// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A module that prints lines which resemble the kernel's complaints.
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

static int __init words_init(void) {
  pr_info("BUG: none so far, 0 of 12 checks complained\n");
  printk(KERN_CONT "BUG: continued\n");
  pr_warn("WARNING: this is experimental hardware\n");
  pr_err("Internal error: checksum of block 7 is wrong, asking again\n");
  pr_info("queue: 0800 [#12] drained\n");
  pr_info("UBSAN: not available\nrefcount_t: is used\nlist_add corruption is not possible\n");
  pr_info("general protection fault, says the manual\n");
  pr_info("watchdog: BUG: tested\n");
  pr_info("words: no BUG: or WARNING: or Oops: here, Kernel panic - not syncing is not meant\n");
  // The kernel's own line, as a driver of a bus may quote it. The guest continues.
  pr_info("reboot: Power down\n");
  ssleep(4);
  pr_info("words: behind\n");
  return 0;
}

static void __exit words_exit(void) { pr_info("words: the last line has no end"); }

module_init(words_init);
module_exit(words_exit);

MODULE_DESCRIPTION("Prints odd words");
MODULE_LICENSE("Dual MIT/GPL");
