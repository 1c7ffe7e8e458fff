// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A module that leaves to the kernel something to call in it when it goes: what the parameter
// `left` names. With `refused`, its init fails after that.
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/notifier.h>
#include <linux/reboot.h>
#include <linux/smp.h>
#include <linux/suspend.h>
#include <linux/timer.h>
#include <linux/version.h>
#include <linux/workqueue.h>

static char *left = "";
module_param(left, charp, 0);
MODULE_PARM_DESC(left, "what is left to be called");

static bool refused;
module_param(refused, bool, 0);
MODULE_PARM_DESC(refused, "whether init fails");

static void on_timer(struct timer_list *timer) { mod_timer(timer, jiffies + HZ / 100); }
static DEFINE_TIMER(timer, on_timer);

static enum hrtimer_restart on_hrtimer(struct hrtimer *timer) { return HRTIMER_NORESTART; }
static struct hrtimer hrtimer;

// Whether what is left has begun to run.
static bool started;

static void on_work(struct work_struct *work) {
  WRITE_ONCE(started, true);
  msleep(4000);
}
static DECLARE_WORK(work, on_work);

static void on_delayed_work(struct work_struct *work) {}
static DECLARE_DELAYED_WORK(delayed_work, on_delayed_work);

static void on_grace_period(struct rcu_head *head) {}
static struct rcu_head head;

static void on_tasklet(struct tasklet_struct *tasklet) {}
static struct tasklet_struct tasklet;

// Much longer than the other processor needs to end exit, also on a busy host. On one, an emulated
// processor may have measured a wrong loops_per_jiffy, and mdelay() is then short.
static void on_irq_work(struct irq_work *work) {
  const ktime_t end = ktime_add_ms(ktime_get(), 4000);

  WRITE_ONCE(started, true);
  while (ktime_before(ktime_get(), end)) cpu_relax();
}
static struct irq_work irq_work;

static int on_event(struct notifier_block *block, unsigned long event, void *data) {
  return NOTIFY_DONE;
}
static struct notifier_block block = {.notifier_call = on_event};

static int leave_hrtimer(void) {
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
  hrtimer_setup(&hrtimer, on_hrtimer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
#else
  hrtimer_init(&hrtimer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
  hrtimer.function = on_hrtimer;
#endif
  hrtimer_start(&hrtimer, ms_to_ktime(2000), HRTIMER_MODE_REL);
  return 0;
}

// A tasklet that is disabled stays scheduled.
static int leave_tasklet(void) {
  tasklet_setup(&tasklet, on_tasklet);
  tasklet_disable(&tasklet);
  tasklet_schedule(&tasklet);
  return 0;
}

static void wait_for_start(void) {
  while (!READ_ONCE(started)) msleep(1);
}

static void queue_irq_work(void *unused) { irq_work_queue(&irq_work); }

// It runs at once where it is queued.
static int leave_irq_work(void) {
  init_irq_work(&irq_work, on_irq_work);
  smp_call_function_single(cpumask_any_but(cpu_online_mask, get_cpu()), queue_irq_work, NULL, 0);
  put_cpu();
  // Not asleep: the other processor may have the timer that wakes this one.
  while (!READ_ONCE(started)) cpu_relax();
  return 0;
}

static int leave_timer(void) {
  mod_timer(&timer, jiffies + 2 * HZ);
  return 0;
}

static int leave_busy_timer(void) {
  mod_timer(&timer, jiffies + 1);
  return 0;
}

static int leave_work(void) {
  schedule_work(&work);
  wait_for_start();
  return 0;
}

static int leave_delayed_work(void) {
  schedule_delayed_work(&delayed_work, 2 * HZ);
  return 0;
}

static int leave_rcu(void) {
  call_rcu(&head, on_grace_period);
  return 0;
}

static int leave_netdevice_notifier(void) { return register_netdevice_notifier(&block); }
static int leave_module_notifier(void) { return register_module_notifier(&block); }
static int leave_reboot_notifier(void) { return register_reboot_notifier(&block); }
static int leave_pm_notifier(void) { return register_pm_notifier(&block); }

static const struct {
  const char *name;
  int (*leave)(void);
} ways[] = {
    {"timer", leave_timer},
    {"busy_timer", leave_busy_timer},
    {"hrtimer", leave_hrtimer},
    {"work", leave_work},
    {"delayed_work", leave_delayed_work},
    {"rcu", leave_rcu},
    {"tasklet", leave_tasklet},
    {"irq_work", leave_irq_work},
    {"netdevice_notifier", leave_netdevice_notifier},
    {"module_notifier", leave_module_notifier},
    {"reboot_notifier", leave_reboot_notifier},
    {"pm_notifier", leave_pm_notifier},
};

static void leave(void) {
  int error = -EINVAL;
  size_t i;

  for (i = 0; i < ARRAY_SIZE(ways); ++i) {
    if (strcmp(left, ways[i].name) == 0) error = ways[i].leave();
  }
  if (error) pr_err("%s cannot be left: error %d\n", left, error);
}

static bool in_exit;
module_param(in_exit, bool, 0);
MODULE_PARM_DESC(in_exit, "whether exit does it, not init");

static int __init left_fault_init(void) {
  if (!in_exit) leave();
  return refused ? -ENODEV : 0;
}

static void __exit left_fault_exit(void) {
  if (in_exit) leave();
}

module_init(left_fault_init);
module_exit(left_fault_exit);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
