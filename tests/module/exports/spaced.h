// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_MODULE_EXPORTS_SPACED_H_
#define TESTS_MODULE_EXPORTS_SPACED_H_

int spaced_value(void);

#endif  // TESTS_MODULE_EXPORTS_SPACED_H_
