/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
#ifndef TESTS_MODULE_C_SOURCES_ANSWER_H_
#define TESTS_MODULE_C_SOURCES_ANSWER_H_

#ifdef __cplusplus
extern "C"
#endif
    int
    answer(void);

#endif
