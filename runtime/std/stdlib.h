// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// <stdlib.h>, as far as a kernel has its functions.
#ifndef RUNTIME_STD_STDLIB_H_
#define RUNTIME_STD_STDLIB_H_

#include <bits/kmod_c_library.h>
#include <stddef.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1

typedef struct {
  int quot;
  int rem;
} div_t;

typedef struct {
  long quot;
  long rem;
} ldiv_t;

typedef struct {
  long long quot;
  long long rem;
} lldiv_t;

KMOD_C_LIBRARY_BEGIN

// BUG: the calling thread ends with a stack trace. //runtime has it. Context: any.
__attribute__((noreturn)) void abort(void);

// Context: any.
void *bsearch(const void *key, const void *data, size_t count, size_t size,
              int (*compare)(const void *, const void *));

// Of the kernel: qsort() below is the one for C++. Context: any.
void sort(void *data, size_t count, size_t size, int (*compare)(const void *, const void *),
          void (*swap)(void *, void *, int));

static inline int abs(int number) { return number < 0 ? -number : number; }
static inline long labs(long number) { return number < 0 ? -number : number; }
static inline long long llabs(long long number) { return number < 0 ? -number : number; }

static inline div_t div(int number, int divisor) {
  div_t result = {number / divisor, number % divisor};
  return result;
}

static inline ldiv_t ldiv(long number, long divisor) {
  ldiv_t result = {number / divisor, number % divisor};
  return result;
}

static inline lldiv_t lldiv(long long number, long long divisor) {
  lldiv_t result = {number / divisor, number % divisor};
  return result;
}

// A heap sort, which takes no further memory. Context: any.
static inline void qsort(void *data, size_t count, size_t size,
                         int (*compare)(const void *, const void *)) {
  sort(data, count, size, compare, NULL);
}

int atexit(void (*function)(void)) KMOD_NOT_IN_KERNEL("use the destructor of the module's class");
int atoi(const char *text) KMOD_NOT_IN_KERNEL("use std::from_chars of <charconv>");
long atol(const char *text) KMOD_NOT_IN_KERNEL("use std::from_chars of <charconv>");
long long atoll(const char *text) KMOD_NOT_IN_KERNEL("use std::from_chars of <charconv>");
void *calloc(size_t count, size_t size)
    KMOD_NOT_IN_KERNEL("use kmod::make_unique of \"kmod/alloc.h\"");
__attribute__((noreturn)) void exit(int status)
    KMOD_NOT_IN_KERNEL("return an error from the module's create()");
void free(void *data) KMOD_NOT_IN_KERNEL("use kmod::make_unique of \"kmod/alloc.h\"");
char *getenv(const char *name) KMOD_NOT_IN_KERNEL("use a parameter of the module");
void *malloc(size_t size) KMOD_NOT_IN_KERNEL("use kmod::make_unique of \"kmod/alloc.h\"");
int rand(void) KMOD_NOT_IN_KERNEL("use get_random_u32() in a kernel_c_library");
void *realloc(void *data, size_t size)
    KMOD_NOT_IN_KERNEL("use kmod::make_unique of \"kmod/alloc.h\"");
void srand(unsigned seed) KMOD_NOT_IN_KERNEL("use get_random_u32() in a kernel_c_library");
long strtol(const char *text, char **end, int base)
    KMOD_NOT_IN_KERNEL("use std::from_chars of <charconv>");
long long strtoll(const char *text, char **end, int base)
    KMOD_NOT_IN_KERNEL("use std::from_chars of <charconv>");
unsigned long strtoul(const char *text, char **end, int base)
    KMOD_NOT_IN_KERNEL("use std::from_chars of <charconv>");
unsigned long long strtoull(const char *text, char **end, int base)
    KMOD_NOT_IN_KERNEL("use std::from_chars of <charconv>");

KMOD_C_LIBRARY_END

#endif  // RUNTIME_STD_STDLIB_H_
