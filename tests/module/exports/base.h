// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_MODULE_EXPORTS_BASE_H_
#define TESTS_MODULE_EXPORTS_BASE_H_

#include "tests/module/exports/pair.h"

#ifdef __cplusplus
extern "C" {
#endif

extern int base_calls;

int base_add(int left, int right);

int base_sum(const struct pair* pair);

#ifdef __cplusplus
}
#endif

#endif  // TESTS_MODULE_EXPORTS_BASE_H_
