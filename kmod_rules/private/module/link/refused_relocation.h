// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Relocations that the kernel's module loader does not know: such a module builds, and insmod
// fails.
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_REFUSED_RELOCATION_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_REFUSED_RELOCATION_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/module/link/forbidden_symbol.h"

namespace kmod::link {

struct RefusedRelocation {
  const ForbiddenKind* kind;
  std::string referrer;  // base::describe_referrer() of the function or variable; may be empty
};

// The first one of each kind in the sections that the kernel loads.
[[nodiscard]] std::vector<RefusedRelocation> find_refused_relocations(
    const base::ElfObject& object);

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_REFUSED_RELOCATION_H_
