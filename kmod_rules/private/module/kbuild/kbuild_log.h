// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What kbuild printed, made fit for a person: in terms of the workspace, without make's own noise.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_LOG_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_LOG_H_

#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/arguments.h"

namespace kmod::kbuild {

// Replaces each left side by its right side, in the order given, and leaves out lines that say
// nothing of the module: make's own, and notes known to be harmless.
[[nodiscard]] std::string clean_log(std::string_view log,
                                    const std::vector<base::Pair>& replacements);

// Does a cleaned log hold a warning, be it of the compiler, the linker, objtool or modpost?
[[nodiscard]] bool has_warning(std::string_view log);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_LOG_H_
