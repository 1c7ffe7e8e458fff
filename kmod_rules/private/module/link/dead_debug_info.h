// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_DEAD_DEBUG_INFO_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_DEAD_DEBUG_INFO_H_

#include <string>

#include "kmod_rules/private/base/try.h"

namespace kmod::link {

// Marks the debugging information of functions that the linker dropped. Where it had an address,
// ld.lld -r leaves a relocation of no type over zeros, so that a debugger would take the function
// for one at the beginning of the module. The address becomes the one that linkers write for a
// dropped function: -1, or 1 in lists of ranges, where -1 has a meaning.
//
// Errors: the object is damaged.
[[nodiscard]] base::Status mark_dead_debug_info(std::string& object);

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_DEAD_DEBUG_INFO_H_
