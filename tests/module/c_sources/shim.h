/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
#ifndef TESTS_MODULE_C_SOURCES_SHIM_H_
#define TESTS_MODULE_C_SOURCES_SHIM_H_

int shim_value(void);

#endif
