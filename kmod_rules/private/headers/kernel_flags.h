// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The flags with which Clang reads the kernel's headers as C.
#ifndef KMOD_RULES_PRIVATE_HEADERS_KERNEL_FLAGS_H_
#define KMOD_RULES_PRIVATE_HEADERS_KERNEL_FLAGS_H_

#include <map>
#include <string>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::headers {

struct KernelFlags {
  std::vector<std::string> flags;
  std::string include;  // the kernel's directory of that name with the headers for modules
};

// Takes the include directories, and what changes the layout or the meaning of declarations, from
// the variables that the kernel's top Makefile exports. `build` is the kernel's build directory, to
// which relative paths refer.
//
// Errors: a variable is missing.
[[nodiscard]] base::Result<KernelFlags> kernel_flags(
    const std::map<std::string, std::string>& variables, const std::string& build);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_KERNEL_FLAGS_H_
