// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_MODULE_EXPORTS_CXX_SCALE_H_
#define TESTS_MODULE_EXPORTS_CXX_SCALE_H_

int cxx_scale(int value);

#endif  // TESTS_MODULE_EXPORTS_CXX_SCALE_H_
