// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Refuses what compiles and links as C++ but cannot work in a kernel.
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_OBJECT_CHECKS_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_OBJECT_CHECKS_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/kernel/symvers.h"
#include "kmod_rules/private/module/link/linked_object.h"

namespace kmod::link {

// One message a kind of fault and library, in link order; none when all is well. `result` is what
// the linker made of `linked`. A reference is no fault when another
// input defines the symbol, or the kernel that `exports` is of.
[[nodiscard]] std::vector<std::string> check_objects(const std::string& label,
                                                     const base::ElfObject& result,
                                                     const std::vector<LinkedObject>& linked,
                                                     const kernel::Symvers& exports);

// One message for each entry that the result does not define.
[[nodiscard]] std::vector<std::string> check_entries(const std::string& label,
                                                     const base::ElfObject& result,
                                                     const std::vector<std::string>& entries);

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_OBJECT_CHECKS_H_
