// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// /dev/device_fault, which causes the fault that the parameter `fault` names when it is read.
#include <linux/bug.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/module.h>

static char *fault = "";
module_param(fault, charp, 0);
MODULE_PARM_DESC(fault, "what goes wrong: null_read, panic or warn_once");

static ssize_t device_read(struct file *file, char __user *buffer, size_t size, loff_t *position) {
  static const char text[] = "sound\n";

  if (strcmp(fault, "null_read") == 0) return READ_ONCE(*(int *)NULL);
  if (strcmp(fault, "panic") == 0) panic("on purpose");
  // The program reads the right text.
  WARN_ON_ONCE(strcmp(fault, "warn_once") == 0);
  return simple_read_from_buffer(buffer, size, position, text, sizeof(text) - 1);
}

static const struct file_operations operations = {
    .owner = THIS_MODULE,
    .read = device_read,
};

static struct miscdevice device = {
    .minor = MISC_DYNAMIC_MINOR,
    .name = "device_fault",
    .fops = &operations,
};

module_misc_device(device);

MODULE_DESCRIPTION("Misbehaves on purpose");
MODULE_LICENSE("Dual MIT/GPL");
