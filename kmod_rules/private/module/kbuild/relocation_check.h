// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Refuses a module that builds and that the kernel's module loader would not load.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_RELOCATION_CHECK_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_RELOCATION_CHECK_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::kbuild {

// A part of a module: the object, and the source that a person knows it by.
struct ModulePart {
  std::string object;
  std::string source;
};

// Errors: `module`, a .ko, has relocations that the loader refuses. There is a line for each part
// at fault, which begins with `label`. `demangler` is the path of llvm-cxxfilt, or empty.
[[nodiscard]] base::Status check_relocations(const std::string& label, const std::string& module,
                                             const std::vector<ModulePart>& parts,
                                             const std::string& demangler);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_RELOCATION_CHECK_H_
