// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_BASE_ERRNO_NAME_H_
#define KMOD_RULES_PRIVATE_BASE_ERRNO_NAME_H_

#include <expected>
#include <string>
#include <string_view>

namespace kmod::base {

// "ENOMEM (Cannot allocate memory)", or "errno 517" for one that only the kernel knows.
[[nodiscard]] std::string describe_errno(int number);

// The number of "ENOMEM".
//
// Errors: a name that Linux does not have.
[[nodiscard]] std::expected<int, std::string> parse_errno(std::string_view name);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_ERRNO_NAME_H_
