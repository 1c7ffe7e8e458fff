// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reports a failed precondition of the standard library in code compiled with _GLIBCXX_ASSERTIONS.
// The stack trace of the BUG shows where it failed, but not the condition, so the message does.

#include <version>

#include "runtime/shim/bug.h"

void std::__glibcxx_assert_fail(const char* /*file*/, int /*line*/, const char* /*function*/,
                                const char* condition) noexcept {
  kmod_bug(condition);
}
