// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

static int percent = 150;
module_param(percent, int, 0444);

static int __init floating_point_in_c_init(void) {
  const double factor = percent / 100.0;

  pr_info("%d\n", (int)(factor * percent));
  return 0;
}

module_init(floating_point_in_c_init);
MODULE_LICENSE("Dual MIT/GPL");
