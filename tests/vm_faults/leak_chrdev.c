// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>

static const struct file_operations operations = {.owner = THIS_MODULE};

static int __init leak_chrdev_init(void) {
  const int major = register_chrdev(0, "leak_chrdev", &operations);

  return major < 0 ? major : 0;
}

static void __exit leak_chrdev_exit(void) {}

module_init(leak_chrdev_init);
module_exit(leak_chrdev_exit);

MODULE_DESCRIPTION("Leaves a character device");
MODULE_LICENSE("Dual MIT/GPL");
