/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
#ifndef TESTS_MODULE_FROM_KBUILD_INCLUDE_CARD_H_
#define TESTS_MODULE_FROM_KBUILD_INCLUDE_CARD_H_

int card_core_value(int seed);
int card_bus(void);

#endif
