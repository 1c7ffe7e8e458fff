// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Stands in for the C library's <features.h>, which libstdc++'s os_defines.h includes to learn
// which C library it runs on. In a kernel it runs on none, so no version of one is reached.

#define __GLIBC_PREREQ(major, minor) 0
