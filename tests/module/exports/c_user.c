// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Calls from C what C++ exports.
#include <linux/init.h>
#include <linux/module.h>

#include "base.h"

static int __init user_start(void) {
  const struct pair pair = {.left = 3, .right = 4};

  base_calls = 10;
  pr_info("c_user: %d, %d\n", base_add(1, 2), base_sum(&pair));
  return 0;
}

static void __exit user_end(void) {}

module_init(user_start);
module_exit(user_end);
MODULE_DESCRIPTION("Calls what C++ exports");

#ifndef LICENSE
#define LICENSE "Dual MIT/GPL"
#endif
MODULE_LICENSE(LICENSE);
