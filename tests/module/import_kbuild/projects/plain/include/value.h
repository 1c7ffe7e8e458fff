/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
#ifndef TESTS_MODULE_IMPORT_KBUILD_PROJECTS_PLAIN_INCLUDE_VALUE_H_
#define TESTS_MODULE_IMPORT_KBUILD_PROJECTS_PLAIN_INCLUDE_VALUE_H_

int plain_value(void);
int plain_stub_value(void);

#endif
