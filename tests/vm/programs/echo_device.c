// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// /dev/echo_device returns the text that was last written to it, reversed by a function in C++.
#define pr_fmt(format) KBUILD_MODNAME ": " format

#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/uaccess.h>

#include "reverse.h"

static DEFINE_MUTEX(lock);
static char text[64];
static size_t length;

static ssize_t echo_read(struct file *file, char __user *buffer, size_t size, loff_t *position) {
  ssize_t count;

  mutex_lock(&lock);
  count = simple_read_from_buffer(buffer, size, position, text, length);
  mutex_unlock(&lock);
  return count;
}

static ssize_t echo_write(struct file *file, const char __user *buffer, size_t size,
                          loff_t *position) {
  ssize_t status = (ssize_t)size;

  if (size > sizeof(text)) return -EFBIG;
  mutex_lock(&lock);
  if (copy_from_user(text, buffer, size)) {
    status = -EFAULT;
    length = 0;
  } else {
    length = size;
    reverse(text, length);
    pr_info("got %zu bytes\n", length);
  }
  mutex_unlock(&lock);
  return status;
}

static const struct file_operations operations = {
    .owner = THIS_MODULE,
    .read = echo_read,
    .write = echo_write,
};

static struct miscdevice device = {
    .minor = MISC_DYNAMIC_MINOR,
    .name = "echo_device",
    .fops = &operations,
};

static int __init echo_init(void) {
  pr_info("ready\n");
  return misc_register(&device);
}

static void __exit echo_exit(void) {
  misc_deregister(&device);
  pr_info("bye\n");
}

module_init(echo_init);
module_exit(echo_exit);

MODULE_DESCRIPTION("Says back what it is told, the wrong way round");
MODULE_LICENSE("Dual MIT/GPL");
