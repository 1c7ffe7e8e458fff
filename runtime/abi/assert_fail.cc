// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A precondition of the standard library that does not hold, in code compiled with
// _GLIBCXX_ASSERTIONS. The stack trace of the BUG says where; only the condition it could not say.

#include <version>

#include "runtime/shim/bug.h"

void std::__glibcxx_assert_fail(const char* /*file*/, int /*line*/, const char* /*function*/,
                                const char* condition) noexcept {
  kmod_bug(condition);
}
