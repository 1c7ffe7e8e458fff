// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Refuses what compiles and links as C++ but cannot work in a kernel.
#ifndef KMOD_RULES_PRIVATE_TOOLS_OBJECT_CHECKS_H_
#define KMOD_RULES_PRIVATE_TOOLS_OBJECT_CHECKS_H_

#include <string>
#include <vector>

#include "kmod_rules/private/tools/elf_object.h"
#include "kmod_rules/private/tools/linked_object.h"
#include "kmod_rules/private/tools/symvers.h"

namespace kmod::tools {

// One message a kind of fault and library, in link order; none when all is well. `result` is what
// the linker made of `linked`. A reference is no fault when another
// input defines the symbol, or the kernel that `exports` is of.
[[nodiscard]] std::vector<std::string> check_objects(const std::string& label,
                                                     const ElfObject& result,
                                                     const std::vector<LinkedObject>& linked,
                                                     const Symvers& exports);

// One message for each entry that the result does not define.
[[nodiscard]] std::vector<std::string> check_entries(const std::string& label,
                                                     const ElfObject& result,
                                                     const std::vector<std::string>& entries);

}  // namespace kmod::tools

#endif  // KMOD_RULES_PRIVATE_TOOLS_OBJECT_CHECKS_H_
