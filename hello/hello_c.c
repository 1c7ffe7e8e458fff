// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// hello.cc in C: does the same in the same order, so that the two can be compared.

#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/slab.h>

#define MOST_GREETINGS 16

static char *who = "world";
module_param(who, charp, 0444);
MODULE_PARM_DESC(who, "Whom to greet");

static int times = 1;
module_param(times, int, 0444);
MODULE_PARM_DESC(times, "How many times, 0 to 16");

struct greeting {
  const char *whom;
};

static struct greeting *greetings;

static int __init hello_c_init(void) {
  int i;

  if (times < 0 || times > MOST_GREETINGS) {
    pr_err("times is %d: give a number from 0 to %d\n", times, MOST_GREETINGS);
    return -EINVAL;
  }

  greetings = kmalloc_array(times, sizeof(*greetings), GFP_KERNEL);
  if (!greetings) return -ENOMEM;

  for (i = 0; i < times; i++) greetings[i].whom = who;
  for (i = 0; i < times; i++) pr_info("hello, %s\n", greetings[i].whom);
  return 0;
}

static void __exit hello_c_exit(void) {
  pr_info("bye\n");
  kfree(greetings);
}

module_init(hello_c_init);
module_exit(hello_c_exit);

MODULE_AUTHOR("The rules_kmod authors");
MODULE_DESCRIPTION("Greets from C");
MODULE_LICENSE("Dual MIT/GPL");
