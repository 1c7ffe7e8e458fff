// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_MIXED_GREETING_GREETING_H_
#define TESTS_MIXED_GREETING_GREETING_H_

void greet(void);

#endif  // TESTS_MIXED_GREETING_GREETING_H_
