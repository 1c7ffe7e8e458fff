// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The header with the values of constants that an object holds.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_CONSTANTS_HEADER_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_CONSTANTS_HEADER_H_

#include <string>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/try.h"

namespace kmod::kbuild {

// The header's text: each variable kmod_constant_NAME of the object as a macro NAME. The variables
// are of the type unsigned int.
//
// Errors: there is no such variable, or one is not initialized or of another size.
[[nodiscard]] base::Result<std::string> constants_header(const base::ElfObject& object);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_CONSTANTS_HEADER_H_
