// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Takes locks and sleeps in the way that the parameter `fault` names. Nothing goes wrong: the locks
// are free, and the functions that might sleep do not. Only a kernel that knows the rules
// complains.
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timer.h>

static char *fault = "";
module_param(fault, charp, 0);
MODULE_PARM_DESC(fault, "what goes wrong");

static DEFINE_MUTEX(first);
static DEFINE_MUTEX(second);
static DEFINE_SPINLOCK(lock);
static int number = 7;
static int __rcu *shared = (int __rcu *)&number;

static void lock_both(struct mutex *outer, struct mutex *inner) {
  mutex_lock(outer);
  mutex_lock(inner);
  mutex_unlock(inner);
  mutex_unlock(outer);
}

// A second task that does the one while the first does the other would wait for ever.
static void lock_in_both_orders(void) {
  lock_both(&first, &second);
  lock_both(&second, &first);
}

static void on_timer(struct timer_list *timer) {
  spin_lock(&lock);
  spin_unlock(&lock);
}

static DEFINE_TIMER(timer, on_timer);

// The timer could interrupt the task that holds the lock.
static void share_lock_with_timer(void) {
  mod_timer(&timer, jiffies);
  msleep(50);
  del_timer_sync(&timer);
  spin_lock(&lock);
  spin_unlock(&lock);
}

static void read_without_lock(void) { pr_info("%d\n", *rcu_dereference(shared)); }

static void unlock_twice(void) {
  mutex_lock(&first);
  mutex_unlock(&first);
  mutex_unlock(&first);
}

static void lock_mutex_under_spinlock(void) {
  spin_lock(&lock);
  mutex_lock(&first);
  mutex_unlock(&first);
  spin_unlock(&lock);
}

static void allocate_under_spinlock(void) {
  void *memory;

  spin_lock(&lock);
  memory = kmalloc(16, GFP_KERNEL);
  spin_unlock(&lock);
  kfree(memory);
}

static void do_nothing_wrong(void) {
  lock_both(&first, &second);
  spin_lock_bh(&lock);
  spin_unlock_bh(&lock);
  rcu_read_lock();
  pr_info("%d\n", *rcu_dereference(shared));
  rcu_read_unlock();
}

static const struct {
  const char *name;
  void (*init)(void);
} faults[] = {
    {"both_orders", lock_in_both_orders},
    {"shared_with_timer", share_lock_with_timer},
    {"rcu_without_lock", read_without_lock},
    {"unlocked_twice", unlock_twice},
    {"mutex_under_spinlock", lock_mutex_under_spinlock},
    {"allocation_under_spinlock", allocate_under_spinlock},
    {"none", do_nothing_wrong},
};

static int __init context_fault_init(void) {
  size_t i;

  for (i = 0; i < ARRAY_SIZE(faults); i++) {
    if (strcmp(faults[i].name, fault) != 0) continue;
    faults[i].init();
    return 0;
  }
  pr_err("there is no fault %s\n", fault);
  return -EINVAL;
}

static void __exit context_fault_exit(void) {}

module_init(context_fault_init);
module_exit(context_fault_exit);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
