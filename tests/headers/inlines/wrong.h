/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Functions that do not do the same in C++ as in C, except the first one. */
#ifndef TESTS_HEADERS_INLINES_WRONG_H_
#define TESTS_HEADERS_INLINES_WRONG_H_

#ifdef __cplusplus
extern "C" {
#else
#include <linux/types.h>
#endif

struct wrong {
  long other;
  struct {
    int value;
  } *inner;
};

int kmod_c_right(int value);
int kmod_c_wrong_at_an_edge(int value);
void kmod_c_wrong_memory(struct wrong *wrong, bool set);
unsigned long kmod_c_wrong_limit(unsigned long bit);

#ifdef __cplusplus
}
#endif

#endif /* TESTS_HEADERS_INLINES_WRONG_H_ */
