// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// assert() for a kernel. A failed assertion is a BUG: the calling thread ends with a stack trace.
// With KMOD_ASSERT_WARNS defined, it is a warning, and the thread continues. With NDEBUG, there is
// no check. As C says, this header can be included again with another choice. Context: any.
#undef assert

#ifdef NDEBUG
#define assert(condition) ((void)0)
#elif defined(KMOD_ASSERT_WARNS)
#define assert(condition) \
  ((condition) ? (void)0 : kmod_assertion_warns(#condition, __FILE__, __LINE__))
#else
#define assert(condition) \
  ((condition) ? (void)0 : kmod_assertion_failed(#condition, __FILE__, __LINE__))
#endif

#ifndef __cplusplus
#define static_assert _Static_assert
#endif

#ifndef RUNTIME_STD_ASSERT_H_
#define RUNTIME_STD_ASSERT_H_

#include <bits/kmod_c_library.h>

KMOD_C_LIBRARY_BEGIN

// Of //runtime.
__attribute__((noreturn, cold)) void kmod_assertion_failed(const char *condition, const char *file,
                                                           int line);
__attribute__((cold)) void kmod_assertion_warns(const char *condition, const char *file, int line);

KMOD_C_LIBRARY_END

#endif  // RUNTIME_STD_ASSERT_H_
