// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_BASE_ERRNO_NAME_H_
#define KMOD_RULES_PRIVATE_BASE_ERRNO_NAME_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"

namespace kmod::base {

// "ENOMEM (Cannot allocate memory)", "EPROBE_DEFER (517, which only the kernel uses)", or "errno
// 5000" for a number without a name.
[[nodiscard]] std::string describe_errno(int number);

// The number of "ENOMEM" or "EPROBE_DEFER".
//
// Errors: Linux has no errno of this name.
[[nodiscard]] Result<int> parse_errno(std::string_view name);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_ERRNO_NAME_H_
