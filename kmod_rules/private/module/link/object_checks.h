// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Refuses what compiles and links as C++ but cannot work in a kernel.
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_OBJECT_CHECKS_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_OBJECT_CHECKS_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/demangler.h"
#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/kernel/symvers.h"
#include "kmod_rules/private/module/link/linked_object.h"

namespace kmod::link {

// One message for each kind of fault in each library, in link order; empty if there is none.
// `result` is what the linker made of `linked`. A reference is not a fault if another input or the
// kernel, whose exports are `exports`, defines the symbol. `demangler` runs only if a message has a
// C++ name.
[[nodiscard]] std::vector<std::string> check_objects(const std::string& label,
                                                     const base::ElfObject& result,
                                                     const std::vector<LinkedObject>& linked,
                                                     const kernel::Symvers& exports,
                                                     const base::Demangler& demangler);

// One message for each symbol of `entries` that the result does not define.
[[nodiscard]] std::vector<std::string> check_entries(const std::string& label,
                                                     const base::ElfObject& result,
                                                     const std::vector<std::string>& entries,
                                                     const base::Demangler& demangler);

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_OBJECT_CHECKS_H_
