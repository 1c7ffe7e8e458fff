// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A module that leaves something registered with a part of the kernel, or work with one, when it
// goes: what the parameter `left` names.
#include <linux/cpuhotplug.h>
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/rcupdate.h>
#include <linux/shrinker.h>
#include <linux/string.h>
#include <linux/tty.h>
#include <linux/tty_driver.h>
#include <linux/version.h>
#include <linux/workqueue.h>

static char *left = "";
module_param(left, charp, 0);
MODULE_PARM_DESC(left, "what is left");

static int on_cpu(unsigned int cpu) { return 0; }

static int leave_cpu_state(void) {
  const int state =
      cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "left_registration:online", on_cpu, on_cpu);

  return state < 0 ? state : 0;
}

static void kill_super(struct super_block *super) {}
static struct file_system_type file_system = {
    .owner = THIS_MODULE, .name = "left_registration", .kill_sb = kill_super};

static int leave_file_system(void) { return register_filesystem(&file_system); }

static unsigned long count_objects(struct shrinker *shrinker, struct shrink_control *control) {
  return SHRINK_EMPTY;
}
static unsigned long scan_objects(struct shrinker *shrinker, struct shrink_control *control) {
  return SHRINK_STOP;
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
static int leave_shrinker(void) {
  struct shrinker *shrinker = shrinker_alloc(0, "left_registration");

  if (!shrinker) return -ENOMEM;
  shrinker->count_objects = count_objects;
  shrinker->scan_objects = scan_objects;
  shrinker_register(shrinker);
  return 0;
}
#else
static struct shrinker shrinker = {
    .count_objects = count_objects, .scan_objects = scan_objects, .seeks = DEFAULT_SEEKS};

static int leave_shrinker(void) {
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 0, 0)
  return register_shrinker(&shrinker, "left_registration");
#else
  return register_shrinker(&shrinker);
#endif
}
#endif

static void on_rcu_work(struct work_struct *work) {}
static struct rcu_work rcu_work;

static int leave_rcu_work(void) {
  INIT_RCU_WORK(&rcu_work, on_rcu_work);
  return queue_rcu_work(system_wq, &rcu_work) ? 0 : -EBUSY;
}

static void on_tasks_grace_period(struct rcu_head *head) {}
static struct rcu_head tasks_head;

static int leave_rcu_tasks(void) {
  call_rcu_tasks(&tasks_head, on_tasks_grace_period);
  return 0;
}

// The worker is left as well, so its thread is.
static struct kthread_worker *worker;

static void on_kthread_work(struct kthread_work *work) {}
static struct kthread_work kthread_work;
static struct kthread_delayed_work kthread_delayed_work;

// A worker that is parked does no work.
static int leave_kthread_work(void) {
  worker = kthread_create_worker(0, "left_worker");
  if (IS_ERR(worker)) return PTR_ERR(worker);
  kthread_park(worker->task);
  kthread_init_work(&kthread_work, on_kthread_work);
  kthread_queue_work(worker, &kthread_work);
  return 0;
}

static int leave_kthread_delayed_work(void) {
  worker = kthread_create_worker(0, "left_worker");
  if (IS_ERR(worker)) return PTR_ERR(worker);
  kthread_init_delayed_work(&kthread_delayed_work, on_kthread_work);
  kthread_queue_delayed_work(worker, &kthread_delayed_work, 60 * HZ);
  return 0;
}

// Entries below those that the guest compares by name.
static struct proc_dir_entry *proc_directory;
static int leave_nested_proc_entry(void) {
  proc_directory = proc_mkdir("fs/left_registration", NULL);
  return proc_directory ? 0 : -ENOMEM;
}

static int leave_nested_debugfs_entry(void) {
  struct dentry *slab = debugfs_lookup("bdi", NULL);

  if (!slab) return -ENOENT;
  debugfs_create_dir("left_registration", slab);
  dput(slab);
  return 0;
}

static const struct tty_operations tty_operations = {};
static int leave_tty_driver(void) {
  struct tty_driver *driver = tty_alloc_driver(1, TTY_DRIVER_REAL_RAW | TTY_DRIVER_DYNAMIC_DEV);

  if (IS_ERR(driver)) return PTR_ERR(driver);
  driver->driver_name = "left_registration";
  driver->name = "ttyLEFT";
  driver->type = TTY_DRIVER_TYPE_SERIAL;
  driver->init_termios = tty_std_termios;
  tty_set_operations(driver, &tty_operations);
  return tty_register_driver(driver);
}

static int on_sync(struct kprobe *probe, struct pt_regs *regs) { return 0; }
static struct kprobe kprobe = {.symbol_name = "ksys_sync", .pre_handler = on_sync};

static int leave_kprobe(void) { return register_kprobe(&kprobe); }

static int after_sync(struct kretprobe_instance *instance, struct pt_regs *regs) { return 0; }
static struct kretprobe kretprobe = {.kp.symbol_name = "ksys_sync", .handler = after_sync};

static int leave_kretprobe(void) { return register_kretprobe(&kretprobe); }

static int sleep_for_ever(void *unused) {
  while (!kthread_should_stop()) schedule_timeout_interruptible(60 * HZ);
  return 0;
}
static int leave_named_thread(void) {
  return PTR_ERR_OR_ZERO(kthread_run(sleep_for_ever, NULL, "kworker/0:9"));
}

static const struct {
  const char *name;
  int (*leave)(void);
} ways[] = {
    {"cpu_state", leave_cpu_state},
    {"file_system", leave_file_system},
    {"kprobe", leave_kprobe},
    {"kretprobe", leave_kretprobe},
    {"kthread_delayed_work", leave_kthread_delayed_work},
    {"kthread_work", leave_kthread_work},
    {"named_thread", leave_named_thread},
    {"nested_debugfs_entry", leave_nested_debugfs_entry},
    {"nested_proc_entry", leave_nested_proc_entry},
    {"rcu_tasks", leave_rcu_tasks},
    {"rcu_work", leave_rcu_work},
    {"shrinker", leave_shrinker},
    {"tty_driver", leave_tty_driver},
};

static int __init left_registration_init(void) { return 0; }

static void __exit left_registration_exit(void) {
  int error = -EINVAL;
  size_t i;

  for (i = 0; i < ARRAY_SIZE(ways); ++i) {
    if (strcmp(left, ways[i].name) == 0) error = ways[i].leave();
  }
  if (error) pr_err("%s cannot be left: error %d\n", left, error);
}

module_init(left_registration_init);
module_exit(left_registration_exit);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
