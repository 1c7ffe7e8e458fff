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
  std::vector<std::string> directories;  // with headers, in the order in which they are searched
};

// Takes the include directories, and what changes the layout or the meaning of declarations, from
// the variables that the kernel's top Makefile exports. `build` is the kernel's build directory, to
// which relative paths refer.
//
// Errors: a variable is missing.
[[nodiscard]] base::Result<KernelFlags> kernel_flags(
    const std::map<std::string, std::string>& variables, const std::string& build);

// The same for a kernel's packages, unpacked, and its build directory below that.
//
// Errors: the fetch of this kernel could not record the variables, or one is missing.
[[nodiscard]] base::Result<KernelFlags> read_kernel_flags(const std::string& kernel_root,
                                                          const std::string& kernel_build);

// Names of the module and of the source, which the kernel's headers use.
[[nodiscard]] std::vector<std::string> module_name_flags(const std::string& module,
                                                         const std::string& source);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_KERNEL_FLAGS_H_
