// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Returns errors to the caller, in programs of the host and of a guest. For code in the kernel, see
// runtime/kmod/result.h.
//
//   base::Result<Lock> read_lock(const std::string& path) {
//     const std::string text = KMOD_TRY(base::read_file(path));
//     …
#ifndef KMOD_RULES_PRIVATE_BASE_TRY_H_
#define KMOD_RULES_PRIVATE_BASE_TRY_H_

#include <expected>
#include <string>
#include <utility>

namespace kmod::base {

// A value, or a message for the user that says what went wrong.
template <class T>
using Result = std::expected<T, std::string>;

// Success, or a message.
using Status = Result<void>;

}  // namespace kmod::base

// The value of a std::expected, moved out of it. If it holds an error, the enclosing function
// returns that error.
#define KMOD_TRY(...)                                             \
  ({                                                              \
    auto&& kmod_try_result = (__VA_ARGS__);                       \
    if (!kmod_try_result.has_value()) {                           \
      return std::unexpected(std::move(kmod_try_result).error()); \
    }                                                             \
    *std::forward<decltype(kmod_try_result)>(kmod_try_result);    \
  })

#endif  // KMOD_RULES_PRIVATE_BASE_TRY_H_
