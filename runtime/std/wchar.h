// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Declarations of <wchar.h>, for libraries that only name them: a kernel has no wide characters.
#ifndef RUNTIME_STD_WCHAR_H_
#define RUNTIME_STD_WCHAR_H_

#include <bits/kmod_c_library.h>
#include <stddef.h>

KMOD_C_LIBRARY_BEGIN

int swprintf(wchar_t *to, size_t size, const wchar_t *format, ...)
    KMOD_NOT_IN_KERNEL("it has no wide characters; use snprintf");
size_t wcslen(const wchar_t *text) KMOD_NOT_IN_KERNEL("it has no wide characters; use strlen");

KMOD_C_LIBRARY_END

#endif  // RUNTIME_STD_WCHAR_H_
