// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_BASE_ERRNO_NAME_H_
#define KMOD_RULES_PRIVATE_BASE_ERRNO_NAME_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"

namespace kmod::base {

// "ENOMEM (Cannot allocate memory)", or "errno 517" for a number that only the kernel uses.
[[nodiscard]] std::string describe_errno(int number);

// The number of "ENOMEM".
//
// Errors: Linux has no errno of this name.
[[nodiscard]] Result<int> parse_errno(std::string_view name);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_ERRNO_NAME_H_
