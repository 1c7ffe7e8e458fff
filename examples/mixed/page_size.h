// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef EXAMPLES_MIXED_PAGE_SIZE_H_
#define EXAMPLES_MIXED_PAGE_SIZE_H_

#ifdef __cplusplus
extern "C" {
#endif

unsigned long mixed_page_size(void);

#ifdef __cplusplus
}
#endif

#endif  // EXAMPLES_MIXED_PAGE_SIZE_H_
