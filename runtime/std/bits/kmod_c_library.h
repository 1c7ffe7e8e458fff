// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// How the headers of this folder declare functions of C. The kernel exports those without
// KMOD_NOT_IN_KERNEL.
#ifndef RUNTIME_STD_BITS_KMOD_C_LIBRARY_H_
#define RUNTIME_STD_BITS_KMOD_C_LIBRARY_H_

#ifdef __cplusplus
#define KMOD_C_LIBRARY_BEGIN extern "C" {
#define KMOD_C_LIBRARY_END }
#else
#define KMOD_C_LIBRARY_BEGIN
#define KMOD_C_LIBRARY_END
#endif

// A call in code that reaches the object is an error with this text. Libraries have functions that
// call it and that a module does not use; those compile.
#define KMOD_NOT_IN_KERNEL(instead) __attribute__((error("not in a kernel: " instead)))

#endif  // RUNTIME_STD_BITS_KMOD_C_LIBRARY_H_
