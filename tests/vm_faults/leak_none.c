// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

struct record {
  struct rcu_head rcu;
  char data[200];
};

static const struct file_operations operations = {.owner = THIS_MODULE};
static struct record *record;
static struct kmem_cache *cache;
static struct task_struct *thread;
static void *pages;
static int major;

static int never_run(void *data) { return 0; }

static int __init leak_none_init(void) {
  record = kmalloc(sizeof(*record), GFP_KERNEL);
  pages = vmalloc(3 * PAGE_SIZE);
  cache = kmem_cache_create("leak_none", 40, 0, 0, NULL);
  thread = kthread_create(never_run, NULL, "leak_none");
  major = register_chrdev(0, "leak_none", &operations);
  if (!record || !pages || !cache || IS_ERR(thread) || major < 0) panic("no memory for the test");
  return 0;
}

static void __exit leak_none_exit(void) {
  unregister_chrdev(major, "leak_none");
  kthread_stop(thread);
  kmem_cache_destroy(cache);
  vfree(pages);
  // The kernel may keep it for up to 5 s, which the module cannot influence.
  kfree_rcu(record, rcu);
}

module_init(leak_none_init);
module_exit(leak_none_exit);

MODULE_DESCRIPTION("Gives back all that it takes, some of it late");
MODULE_LICENSE("Dual MIT/GPL");
