// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Uses objects of the kernel in states that do not allow it, and loses memory, as the parameter
// `fault` says.
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

static char *fault = "";
module_param(fault, charp, 0);
MODULE_PARM_DESC(fault, "what goes wrong");

struct clock {
  struct timer_list timer;
  struct work_struct work;
};

static DEFINE_XARRAY(numbers);

static void on_timer(struct timer_list *timer) {}
static void on_work(struct work_struct *work) {}

static struct clock *make_clock(void) {
  struct clock *clock = kzalloc(sizeof(*clock), GFP_KERNEL);

  if (!clock) return NULL;
  timer_setup(&clock->timer, on_timer, 0);
  INIT_WORK(&clock->work, on_work);
  return clock;
}

static int free_with_pending_timer(void) {
  struct clock *clock = make_clock();

  if (!clock) return -ENOMEM;
  mod_timer(&clock->timer, jiffies + 100 * HZ);
  kfree(clock);
  return 0;
}

static int free_with_queued_work(void) {
  struct clock *clock = make_clock();

  if (!clock) return -ENOMEM;
  preempt_disable();
  schedule_work(&clock->work);
  kfree(clock);
  preempt_enable();
  return 0;
}

static int set_up_pending_timer(void) {
  struct clock *clock = make_clock();

  if (!clock) return -ENOMEM;
  mod_timer(&clock->timer, jiffies + 100 * HZ);
  timer_setup(&clock->timer, on_timer, 0);
  return 0;
}

// The nodes of the array are objects of a cache of the kernel.
static noinline int lose_nodes(void) {
  unsigned long index;

  for (index = 0; index < 100; index++) {
    const int error = xa_err(xa_store(&numbers, index, xa_mk_value(index), GFP_KERNEL));

    if (error) return error;
  }
  return 0;
}

static int free_nodes(void) {
  const int error = lose_nodes();
  struct clock *clock = make_clock();

  if (clock) del_timer_sync(&clock->timer);
  kfree(clock);
  xa_destroy(&numbers);
  return error;
}

static const struct {
  const char *name;
  int (*init)(void);
} faults[] = {
    {"pending_timer_freed", free_with_pending_timer},
    {"pending_timer_set_up", set_up_pending_timer},
    {"queued_work_freed", free_with_queued_work},
    {"nodes_lost", lose_nodes},
    {"none", free_nodes},
};

static int __init object_state_init(void) {
  size_t i;

  for (i = 0; i < ARRAY_SIZE(faults); i++) {
    if (strcmp(faults[i].name, fault) == 0) return faults[i].init();
  }
  pr_err("there is no fault %s\n", fault);
  return -EINVAL;
}

static void __exit object_state_exit(void) {}

module_init(object_state_init);
module_exit(object_state_exit);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
