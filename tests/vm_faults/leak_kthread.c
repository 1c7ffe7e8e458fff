// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/module.h>

static int never_run(void *data) { return 0; }

// A running thread would continue in unloaded code, and the verdict would be the oops. This one
// waits in the kernel's own code to be started.
static int __init leak_kthread_init(void) {
  return PTR_ERR_OR_ZERO(kthread_create(never_run, NULL, "leak_kthread"));
}

static void __exit leak_kthread_exit(void) {}

module_init(leak_kthread_init);
module_exit(leak_kthread_exit);

MODULE_DESCRIPTION("Leaves a kernel thread");
MODULE_LICENSE("Dual MIT/GPL");
