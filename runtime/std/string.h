// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// <string.h>, as far as the kernel exports its functions. Context: any.
#ifndef RUNTIME_STD_STRING_H_
#define RUNTIME_STD_STRING_H_

#include <bits/kmod_c_library.h>
#include <stddef.h>

KMOD_C_LIBRARY_BEGIN

void *memchr(const void *data, int c, size_t size);
int memcmp(const void *left, const void *right, size_t size);
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *data, int c, size_t size);
char *stpcpy(char *to, const char *from);
int strcasecmp(const char *left, const char *right);
char *strcat(char *to, const char *from);
char *strchr(const char *text, int c);
int strcmp(const char *left, const char *right);
char *strcpy(char *to, const char *from);
size_t strcspn(const char *text, const char *reject);
size_t strlen(const char *text);
int strncasecmp(const char *left, const char *right, size_t size);
char *strncat(char *to, const char *from, size_t size);
int strncmp(const char *left, const char *right, size_t size);
size_t strnlen(const char *text, size_t size);
char *strpbrk(const char *text, const char *accept);
char *strrchr(const char *text, int c);
char *strsep(char **text, const char *delimiters);
size_t strspn(const char *text, const char *accept);
char *strstr(const char *text, const char *wanted);

int strcoll(const char *left, const char *right)
    KMOD_NOT_IN_KERNEL("the kernel has no locales; use strcmp");
char *strerror(int error) KMOD_NOT_IN_KERNEL("print the number, or %pe of an error pointer");
char *strncpy(char *to, const char *from, size_t size)
    KMOD_NOT_IN_KERNEL("it is gone from newer kernels; use snprintf with %s, or memcpy");
char *strtok(char *text, const char *delimiters)
    KMOD_NOT_IN_KERNEL("it keeps a state that all threads share; use strsep");
size_t strxfrm(char *to, const char *from, size_t size)
    KMOD_NOT_IN_KERNEL("the kernel has no locales; use strcmp");

KMOD_C_LIBRARY_END

#endif  // RUNTIME_STD_STRING_H_
