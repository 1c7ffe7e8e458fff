// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

int a_function_with_a_name_that_says_in_full_what_it_is_for_and_more(void);

static int __init long_name_init(void) {
  return a_function_with_a_name_that_says_in_full_what_it_is_for_and_more() - 1;
}

module_init(long_name_init);
MODULE_DESCRIPTION("Uses a name that is too long");
MODULE_LICENSE("Dual MIT/GPL");
