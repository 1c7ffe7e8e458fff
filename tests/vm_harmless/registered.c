// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A module that registers itself with parts of the kernel, and ends that before it goes. One
// registration is refused, because the name is taken, and so does not have to end.
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kprobes.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/shrinker.h>
#include <linux/version.h>
#include <linux/workqueue.h>

static void kill_super(struct super_block *super) {}
static struct file_system_type file_system = {
    .owner = THIS_MODULE, .name = "registered", .kill_sb = kill_super};
static struct file_system_type refused_file_system = {
    .owner = THIS_MODULE, .name = "proc", .kill_sb = kill_super};

static unsigned long count_objects(struct shrinker *shrinker, struct shrink_control *control) {
  return SHRINK_EMPTY;
}
static unsigned long scan_objects(struct shrinker *shrinker, struct shrink_control *control) {
  return SHRINK_STOP;
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
static struct shrinker *shrinker;

static int start_shrinker(void) {
  shrinker = shrinker_alloc(0, "registered");
  if (!shrinker) return -ENOMEM;
  shrinker->count_objects = count_objects;
  shrinker->scan_objects = scan_objects;
  shrinker_register(shrinker);
  return 0;
}

static void end_shrinker(void) { shrinker_free(shrinker); }
#else
static struct shrinker shrinker = {
    .count_objects = count_objects, .scan_objects = scan_objects, .seeks = DEFAULT_SEEKS};

static int start_shrinker(void) {
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 0, 0)
  return register_shrinker(&shrinker, "registered");
#else
  return register_shrinker(&shrinker);
#endif
}

static void end_shrinker(void) { unregister_shrinker(&shrinker); }
#endif

static void on_rcu_work(struct work_struct *work) {}
static struct rcu_work finished_rcu_work;
static struct rcu_work canceled_rcu_work;

static void on_tasks_grace_period(struct rcu_head *head) {}
static struct rcu_head tasks_head;

// Work of a thread of the module's own: some that has run, some that never does.
static void on_kthread_work(struct kthread_work *work) {}
static struct kthread_worker *worker;
static struct kthread_work kthread_work;
static struct kthread_delayed_work soon;
static struct kthread_delayed_work late;
static struct kthread_delayed_work postponed;

static int start_kthread_work(void) {
  worker = kthread_create_worker(0, "registered");
  if (IS_ERR(worker)) return PTR_ERR(worker);
  kthread_init_work(&kthread_work, on_kthread_work);
  kthread_init_delayed_work(&soon, on_kthread_work);
  kthread_init_delayed_work(&late, on_kthread_work);
  kthread_init_delayed_work(&postponed, on_kthread_work);
  kthread_queue_work(worker, &kthread_work);
  kthread_queue_delayed_work(worker, &soon, 1);
  kthread_queue_delayed_work(worker, &late, 60 * HZ);
  kthread_queue_delayed_work(worker, &postponed, 0);
  kthread_mod_delayed_work(worker, &postponed, 60 * HZ);
  return 0;
}

static void end_kthread_work(void) {
  kthread_cancel_delayed_work_sync(&late);
  kthread_cancel_delayed_work_sync(&postponed);
  kthread_cancel_delayed_work_sync(&soon);
  kthread_queue_work(worker, &kthread_work);
  kthread_destroy_worker(worker);
}

static int on_sync(struct kprobe *probe, struct pt_regs *regs) { return 0; }
static struct kprobe probe = {.symbol_name = "ksys_sync", .pre_handler = on_sync};
static struct kprobe refused_probe = {.symbol_name = "no_such_function", .pre_handler = on_sync};

static int __init registered_init(void) {
  int error = register_filesystem(&file_system);

  if (error) return error;
  if (register_filesystem(&refused_file_system) != -EBUSY) pr_err("the name proc was not taken\n");
  error = start_shrinker();
  if (error) goto no_shrinker;
  error = start_kthread_work();
  if (error) goto no_worker;
  error = register_kprobe(&probe);
  if (error) goto no_probe;
  if (register_kprobe(&refused_probe) == 0) pr_err("there is a function no_such_function\n");
  INIT_RCU_WORK(&finished_rcu_work, on_rcu_work);
  INIT_RCU_WORK(&canceled_rcu_work, on_rcu_work);
  queue_rcu_work(system_wq, &finished_rcu_work);
  call_rcu_tasks(&tasks_head, on_tasks_grace_period);
  return 0;

no_probe:
  end_kthread_work();
no_worker:
  end_shrinker();
no_shrinker:
  unregister_filesystem(&file_system);
  return error;
}

static void __exit registered_exit(void) {
  unregister_kprobe(&probe);
  queue_rcu_work(system_wq, &canceled_rcu_work);
  queue_rcu_work(system_wq, &canceled_rcu_work);
  flush_rcu_work(&finished_rcu_work);
  flush_rcu_work(&canceled_rcu_work);
  rcu_barrier_tasks();
  end_kthread_work();
  end_shrinker();
  unregister_filesystem(&file_system);
}

module_init(registered_init);
module_exit(registered_exit);

MODULE_DESCRIPTION("Ends all registrations");
MODULE_LICENSE("Dual MIT/GPL");
