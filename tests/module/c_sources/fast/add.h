/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
#ifndef TESTS_MODULE_C_SOURCES_FAST_ADD_H_
#define TESTS_MODULE_C_SOURCES_FAST_ADD_H_

int fast_add(int left, int right);
int fast_file(void);

#endif
