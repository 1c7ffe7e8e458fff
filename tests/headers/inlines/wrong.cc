// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What the comparison has to find.
#include "tests/headers/inlines/wrong.h"

#include "tests/headers/inlines/compare.h"

namespace {

int right(int value) { return value + 1; }
int wrong_at_an_edge(int value) { return value < 0 && value != -2147483647 - 1 ? -1 : value; }
void wrong_memory(struct wrong* wrong, bool set) { wrong->inner->value = set ? 2 : 0; }
unsigned long wrong_limit(unsigned long bit) { return bit == 63 ? 0 : 1UL << bit; }

}  // namespace

void compare_inlines() {
  compare_inline("right", right, kmod_c_right, "v");
  compare_inline("wrong_at_an_edge", wrong_at_an_edge, kmod_c_wrong_at_an_edge, "v");
  compare_inline("wrong_memory", wrong_memory, kmod_c_wrong_memory, "m 8 16 1 8 m 0 4 0 0 0 v");
  compare_inline("wrong_limit", wrong_limit, kmod_c_wrong_limit, "l64");
  compare_inline("wrong_arguments", right, kmod_c_right, "m 0");
}
