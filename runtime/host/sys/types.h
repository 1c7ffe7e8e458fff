// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The C library's header. Its dev_t and loff_t get other names, so that code has those of the
// kernel.
#pragma GCC system_header
#define dev_t kmod_host_dev_t
#define loff_t kmod_host_loff_t
#include_next <sys/types.h>
#undef dev_t
#undef loff_t
