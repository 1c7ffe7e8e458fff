// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/headers/inlines/wrong.h"

int kmod_c_right(int value) { return value + 1; }
int kmod_c_wrong_at_an_edge(int value) { return value < 0 ? -1 : value; }
void kmod_c_wrong_memory(struct wrong *wrong, bool set) { wrong->inner->value = set; }
unsigned long kmod_c_wrong_limit(unsigned long bit) { return 1UL << bit; }
