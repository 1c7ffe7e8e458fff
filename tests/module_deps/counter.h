// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_MODULE_DEPS_COUNTER_H_
#define TESTS_MODULE_DEPS_COUNTER_H_

#ifdef __cplusplus
extern "C"
#endif
    int
    counter_next(void);

#endif  // TESTS_MODULE_DEPS_COUNTER_H_
