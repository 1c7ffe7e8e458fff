// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The C library's header, which includes headers of the kernel for user space.
#pragma GCC system_header
#pragma push_macro("KMOD_HOST_LIBC")
#undef KMOD_HOST_LIBC
#define KMOD_HOST_LIBC
#include_next <bits/fcntl-linux.h>
#pragma pop_macro("KMOD_HOST_LIBC")
