// SPDX-License-Identifier: MIT OR GPL-2.0-only
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

int directory_make(void);
void directory_remove(void);

#ifdef __cplusplus
}
#endif
