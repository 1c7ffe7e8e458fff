// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_NAMESPACES_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_NAMESPACES_H_

#include <string>
#include <vector>

#include "kmod_rules/private/reproducibility/variations.h"

namespace kmod::reproducibility {

// Gives this process, which has one thread, another user, host name and clock, as far as the kernel
// lets it: the namespaces that this takes need no privilege, but a kernel or a container may refuse
// them. Call it between fork() and exec().
//
// Returns what stays as it is, and why, a line each: "clock: …".
[[nodiscard]] std::vector<std::string> enter_namespaces(const Variations& variations);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_NAMESPACES_H_
