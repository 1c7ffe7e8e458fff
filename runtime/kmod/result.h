// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A value or an error number, and how to pass the error on.
//
//   kmod::Result<Device> open() {
//     auto buffer = KMOD_TRY(kmod::make_unique<Buffer>(kmod::Gfp::kernel));
//     …
//
// Context: any.
#ifndef RUNTIME_KMOD_RESULT_H_
#define RUNTIME_KMOD_RESULT_H_

#include <expected>
#include <type_traits>
#include <utility>

#include "kmod/errno.h"

namespace kmod {

// Compiled for a kernel, ignoring one is an error (runtime/std/expected). That does not reach
// Result<void>: declare a function that returns one [[nodiscard]].
template <class T>
using Result = std::expected<T, Errno>;

// Converts what a kernel function returned: a negative number is an error, any other is success.
[[nodiscard]] constexpr Result<void> result_of(int returned) {
  if (returned < 0) {
    return std::unexpected(Errno::from_return(returned));
  }
  return {};
}

// Converts a result to what the kernel expects: 0 or the negative error number.
[[nodiscard]] constexpr int to_return(const Result<void>& result) {
  return result ? 0 : result.error().to_return();
}

}  // namespace kmod

// The value of a Result, moved out of it; if it holds an error, the enclosing function returns that
// error. The enclosing function returns a Result of any type. Locals are destroyed as on every
// return.
#define KMOD_TRY(...)                                          \
  ({                                                           \
    auto&& kmod_try_result = (__VA_ARGS__);                    \
    if (!kmod_try_result.has_value()) [[unlikely]] {           \
      return std::unexpected(kmod_try_result.error());         \
    }                                                          \
    *std::forward<decltype(kmod_try_result)>(kmod_try_result); \
  })

#endif  // RUNTIME_KMOD_RESULT_H_
