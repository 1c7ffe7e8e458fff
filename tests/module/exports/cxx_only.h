// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The fault: C does not know extern "C".
#ifndef TESTS_MODULE_EXPORTS_CXX_ONLY_H_
#define TESTS_MODULE_EXPORTS_CXX_ONLY_H_

// clang-format off: the error has the line and column
extern "C" int base_add(int left, int right);

#endif  // TESTS_MODULE_EXPORTS_CXX_ONLY_H_
