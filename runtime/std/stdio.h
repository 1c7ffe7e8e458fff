// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// <stdio.h>, as far as the kernel exports its functions: what formats into memory, and scans it.
// The format is the kernel's: it has %p with extensions, and no floating point. Context: any.
#ifndef RUNTIME_STD_STDIO_H_
#define RUNTIME_STD_STDIO_H_

#include <bits/kmod_c_library.h>
#include <stdarg.h>
#include <stddef.h>

#define EOF (-1)

// For declarations alone; there is no file.
typedef struct kmod_no_file FILE;

KMOD_C_LIBRARY_BEGIN

int snprintf(char *to, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
int sprintf(char *to, const char *format, ...) __attribute__((format(printf, 2, 3)));
int sscanf(const char *text, const char *format, ...) __attribute__((format(scanf, 2, 3)));
int vsnprintf(char *to, size_t size, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));
int vsprintf(char *to, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));
int vsscanf(const char *text, const char *format, va_list arguments)
    __attribute__((format(scanf, 2, 0)));

int fprintf(FILE *file, const char *format, ...)
    KMOD_NOT_IN_KERNEL("use pr_info of \"kmod/print.h\"");
int fputs(const char *text, FILE *file) KMOD_NOT_IN_KERNEL("use pr_info of \"kmod/print.h\"");
int printf(const char *format, ...) KMOD_NOT_IN_KERNEL("use pr_info of \"kmod/print.h\"");
int putchar(int c) KMOD_NOT_IN_KERNEL("use pr_info of \"kmod/print.h\"");
int puts(const char *text) KMOD_NOT_IN_KERNEL("use pr_info of \"kmod/print.h\"");

KMOD_C_LIBRARY_END

#endif  // RUNTIME_STD_STDIO_H_
