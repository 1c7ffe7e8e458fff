// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef EXAMPLES_MIXED_SUM_H_
#define EXAMPLES_MIXED_SUM_H_

#ifdef __cplusplus
extern "C" {
#endif

// The sum of the numbers and the size of a page.
unsigned long sum_with_page(const unsigned long* numbers, unsigned long count);

#ifdef __cplusplus
}
#endif

#endif  // EXAMPLES_MIXED_SUM_H_
