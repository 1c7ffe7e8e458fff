// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/module/exports/base.h"

#include <linux/module.h>

int base_calls;
EXPORT_SYMBOL(base_calls);

int base_add(int left, int right) {
  ++base_calls;
  return left + right;
}
EXPORT_SYMBOL_GPL(base_add);

int base_sum(const struct pair* pair) { return base_add(pair->left, pair->right); }
EXPORT_SYMBOL_GPL(base_sum);

MODULE_DESCRIPTION("Exports what its twin in C++ exports");
MODULE_LICENSE("Dual MIT/GPL");
