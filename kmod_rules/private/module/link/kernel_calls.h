// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The C functions through which C++ calls the kernel's static inline functions and macros.
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_KERNEL_CALLS_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_KERNEL_CALLS_H_

#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::link {

// Writes a C source with those functions of a table that an object leaves undefined. The table has
// lines NAME, HEADERS and CODE, with tabs between them; CODE defines __kmod_call_NAME and needs the
// headers, with spaces between them, in their order.
//
// Errors: the table has a line of another form, or does not have a function. The message names it.
[[nodiscard]] base::Result<std::string> kernel_calls_source(
    const std::vector<std::string>& undefined_symbols, std::string_view table);

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_KERNEL_CALLS_H_
