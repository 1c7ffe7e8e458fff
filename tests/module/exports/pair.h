// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_MODULE_EXPORTS_PAIR_H_
#define TESTS_MODULE_EXPORTS_PAIR_H_

// An argument of an exported function; its layout is a part of the function's version.
struct pair {
  int left;
  int right;
};

#endif  // TESTS_MODULE_EXPORTS_PAIR_H_
