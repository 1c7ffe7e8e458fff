// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef EXAMPLES_MODULE_DEPS_COUNTER_H_
#define EXAMPLES_MODULE_DEPS_COUNTER_H_

#ifdef __cplusplus
extern "C"
#endif
    int
    counter_next(void);

#endif  // EXAMPLES_MODULE_DEPS_COUNTER_H_
