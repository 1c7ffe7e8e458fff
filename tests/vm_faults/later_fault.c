// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A module that loads, and fails a moment later outside any process of the test, in the context
// that the parameter `where` names.
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/timer.h>
#include <linux/version.h>
#include <linux/workqueue.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define timer_delete_sync del_timer_sync
#endif

static char *where = "";
module_param(where, charp, 0);
MODULE_PARM_DESC(where, "timer, work or thread");

static void on_timer(struct timer_list *timer) { panic("on purpose, in a timer"); }

static void on_work(struct work_struct *work) { WRITE_ONCE(*(int *)NULL, 1); }

static int run_thread(void *data) {
  WRITE_ONCE(*(int *)NULL, 1);
  return 0;
}

static DEFINE_TIMER(timer, on_timer);
static DECLARE_WORK(work, on_work);

static int __init later_fault_init(void) {
  if (strcmp(where, "timer") == 0) {
    mod_timer(&timer, jiffies + HZ);
  } else if (strcmp(where, "work") == 0) {
    schedule_work(&work);
  } else if (strcmp(where, "thread") == 0) {
    return PTR_ERR_OR_ZERO(kthread_run(run_thread, NULL, "later_fault"));
  } else {
    pr_err("nothing can go wrong in %s\n", where);
    return -EINVAL;
  }
  return 0;
}

static void __exit later_fault_exit(void) {
  timer_delete_sync(&timer);
  cancel_work_sync(&work);
}

module_init(later_fault_init);
module_exit(later_fault_exit);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
