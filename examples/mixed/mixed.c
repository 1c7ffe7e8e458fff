// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/init.h>
#include <linux/module.h>

#include "greeting/greeting.h"
#include "sum.h"

static int __init mixed_init(void) {
  static const unsigned long numbers[] = {1, 2, 3};

  greet();
  pr_info("mixed: C says %lu\n", sum_with_page(numbers, ARRAY_SIZE(numbers)));
  return 0;
}

static void __exit mixed_exit(void) { pr_info("mixed: bye\n"); }

module_init(mixed_init);
module_exit(mixed_exit);

MODULE_DESCRIPTION("C and C++ in one module");
MODULE_LICENSE("Dual MIT/GPL");
