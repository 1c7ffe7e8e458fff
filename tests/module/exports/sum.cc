// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/module/exports/base.h"

extern "C" int base_sum(const pair* pair) { return base_add(pair->left, pair->right); }
