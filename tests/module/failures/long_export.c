// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include <linux/module.h>

int a_function_with_a_name_that_says_in_full_what_it_is_for_and_more(void);

int a_function_with_a_name_that_says_in_full_what_it_is_for_and_more(void) { return 1; }
EXPORT_SYMBOL_GPL(a_function_with_a_name_that_says_in_full_what_it_is_for_and_more);

MODULE_DESCRIPTION("Exports a name that is too long");
MODULE_LICENSE("Dual MIT/GPL");
