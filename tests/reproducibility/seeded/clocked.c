// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

#include "build_time.h"

static int __init clocked_init(void) {
  pr_info("built at %u\n", BUILD_TIME);
  return 0;
}
module_init(clocked_init);

static void __exit clocked_exit(void) {}
module_exit(clocked_exit);

MODULE_LICENSE("Dual MIT/GPL");
