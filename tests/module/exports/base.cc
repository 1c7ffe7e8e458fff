// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/module/exports/base.h"

extern "C" {
int base_calls = 0;

int base_add(int left, int right) {
  ++base_calls;
  return left + right;
}
}
