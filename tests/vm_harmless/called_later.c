// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A module that has the kernel call it later in every way, and ends all of that before it goes.
#include <linux/cpuhotplug.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/notifier.h>
#include <linux/reboot.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include <linux/suspend.h>
#include <linux/timer.h>
#include <linux/version.h>
#include <linux/workqueue.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define timer_delete_sync del_timer_sync
#endif

static bool refused;
module_param(refused, bool, 0);
MODULE_PARM_DESC(refused, "whether init fails");

// Timers: one that waits, one that starts itself, one whose memory is freed.
static void on_timer(struct timer_list *timer) {}
static DEFINE_TIMER(timer, on_timer);

static void on_busy_timer(struct timer_list *timer) { mod_timer(timer, jiffies + 1); }
static DEFINE_TIMER(busy_timer, on_busy_timer);

struct short_lived {
  struct timer_list timer;
  struct work_struct work;
  struct rcu_head rcu;
};

static void start_timers(void) {
  struct short_lived *object = kzalloc(sizeof(*object), GFP_KERNEL);

  mod_timer(&timer, jiffies + 60 * HZ);
  mod_timer(&busy_timer, jiffies + 1);
  if (!object) return;
  timer_setup(&object->timer, on_timer, 0);
  mod_timer(&object->timer, jiffies + 60 * HZ);
  timer_delete_sync(&object->timer);
  kfree(object);
}

static void end_timers(void) {
  timer_delete_sync(&timer);
  timer_delete_sync(&busy_timer);
}

static enum hrtimer_restart on_hrtimer(struct hrtimer *timer) {
  hrtimer_forward_now(timer, ms_to_ktime(1));
  return HRTIMER_RESTART;
}
static struct hrtimer hrtimer;

static void start_hrtimer(void) {
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
  hrtimer_setup(&hrtimer, on_hrtimer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
#else
  hrtimer_init(&hrtimer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
  hrtimer.function = on_hrtimer;
#endif
  hrtimer_start(&hrtimer, ms_to_ktime(1), HRTIMER_MODE_REL);
}

// Work: some that runs, some that is canceled in a queue, some that frees itself.
static void on_slow_work(struct work_struct *work) { msleep(20); }
static DECLARE_WORK(slow_work, on_slow_work);
static DECLARE_WORK(next_work, on_slow_work);
static DECLARE_WORK(drained_work, on_slow_work);

static void on_repeated_work(struct work_struct *work) {
  schedule_delayed_work(to_delayed_work(work), 1);
}
static DECLARE_DELAYED_WORK(repeated_work, on_repeated_work);
static DECLARE_DELAYED_WORK(late_work, on_slow_work);
static DECLARE_DELAYED_WORK(postponed_work, on_slow_work);

static void on_last_work(struct work_struct *work) {
  kfree(container_of(work, struct short_lived, work));
}

// One at a time, so that the others wait.
static struct workqueue_struct *queue;

static void start_work(void) {
  struct short_lived *object = kzalloc(sizeof(*object), GFP_KERNEL);

  queue_work(queue, &slow_work);
  queue_work(queue, &next_work);
  queue_delayed_work(queue, &postponed_work, 0);
  mod_delayed_work(queue, &postponed_work, 60 * HZ);
  schedule_delayed_work(&repeated_work, 1);
  schedule_delayed_work(&late_work, 60 * HZ);
  if (!object) return;
  INIT_WORK(&object->work, on_last_work);
  queue_work(queue, &object->work);
}

static void end_work(void) {
  cancel_work_sync(&next_work);
  cancel_delayed_work(&postponed_work);
  cancel_delayed_work_sync(&repeated_work);
  cancel_delayed_work_sync(&late_work);
  queue_work(queue, &drained_work);
  destroy_workqueue(queue);
}

// Callbacks of RCU.
static struct srcu_struct srcu;

static void free_object(struct rcu_head *head) {
  kfree(container_of(head, struct short_lived, rcu));
}

static void start_callbacks(void) {
  int i;

  for (i = 0; i < 200; ++i) {
    struct short_lived *object = kzalloc(sizeof(*object), GFP_KERNEL);

    if (!object) continue;
    if (i % 2 == 0) {
      call_rcu(&object->rcu, free_object);
    } else {
      call_srcu(&srcu, &object->rcu, free_object);
    }
  }
}

static void end_callbacks(void) {
  rcu_barrier();
  srcu_barrier(&srcu);
  cleanup_srcu_struct(&srcu);
}

static void on_tasklet(struct tasklet_struct *tasklet) {}
static struct tasklet_struct tasklet;

static void on_irq_work(struct irq_work *work) {}
static struct irq_work irq_work;

static int on_event(struct notifier_block *block, unsigned long event, void *data) {
  return NOTIFY_DONE;
}
static struct notifier_block of_devices = {.notifier_call = on_event};
static struct notifier_block of_modules = {.notifier_call = on_event};
static struct notifier_block of_reboot = {.notifier_call = on_event};
static struct notifier_block of_pm = {.notifier_call = on_event};

static int on_cpu(unsigned int cpu) { return 0; }
static int hotplug_state;

static void register_all(void) {
  if (register_netdevice_notifier(&of_devices) || register_module_notifier(&of_modules) ||
      register_reboot_notifier(&of_reboot) || register_pm_notifier(&of_pm)) {
    pr_err("a notifier was refused\n");
  }
  hotplug_state = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "called_later:online", on_cpu, on_cpu);
  if (hotplug_state < 0) pr_err("the state was refused\n");
}

static void unregister_all(void) {
  cpuhp_remove_state(hotplug_state);
  unregister_pm_notifier(&of_pm);
  unregister_reboot_notifier(&of_reboot);
  unregister_module_notifier(&of_modules);
  unregister_netdevice_notifier(&of_devices);
}

static void end_all(void) {
  unregister_all();
  irq_work_sync(&irq_work);
  tasklet_kill(&tasklet);
  end_work();
  end_callbacks();
  hrtimer_cancel(&hrtimer);
  end_timers();
}

static int __init called_later_init(void) {
  queue = alloc_workqueue("called_later", WQ_UNBOUND, 1);
  if (!queue) return -ENOMEM;
  if (init_srcu_struct(&srcu)) panic("no memory for the test");
  start_timers();
  start_hrtimer();
  start_work();
  start_callbacks();
  tasklet_setup(&tasklet, on_tasklet);
  tasklet_schedule(&tasklet);
  init_irq_work(&irq_work, on_irq_work);
  irq_work_queue(&irq_work);
  register_all();
  if (!refused) return 0;
  end_all();
  return -ENODEV;
}

static void __exit called_later_exit(void) { end_all(); }

module_init(called_later_init);
module_exit(called_later_exit);

MODULE_DESCRIPTION("Ends all that the kernel would call");
MODULE_LICENSE("Dual MIT/GPL");
