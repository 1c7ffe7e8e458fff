// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What kbuild printed, for a person: with paths of the workspace, and without make's own messages.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_LOG_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_LOG_H_

#include <string>
#include <string_view>
#include <vector>

namespace kmod::kbuild {

struct LogReplacement {
  std::string from;
  std::string to;
  bool whole = false;  // only where no other part of a path is before or behind it
};

// Makes the replacements, in their order, and drops the lines that say nothing about the module:
// make's own, and notes that are known to be harmless.
[[nodiscard]] std::string clean_log(std::string_view log,
                                    const std::vector<LogReplacement>& replacements);

// Does a cleaned log hold a warning of the compiler, the linker, objtool or modpost?
[[nodiscard]] bool has_warning(std::string_view log);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_LOG_H_
