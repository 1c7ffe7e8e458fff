// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Describes the changes of a new lock, for a person to review.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_LOCK_CHANGES_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_LOCK_CHANGES_H_

#include <string>
#include <vector>

#include "kmod_rules/private/packages/lock/lock_file.h"

namespace kmod::lock {

// One line for each change: "changed zlib1g 1.2 -> 1.3", "added …", "removed …", "set clang: added
// …".
[[nodiscard]] std::vector<std::string> describe_changes(const Lock& from, const Lock& to);

// A line such as "zlib1g 1.3 -> 1.2" for each package whose version becomes lower.
[[nodiscard]] std::vector<std::string> find_downgrades(const Lock& from, const Lock& to);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_LOCK_CHANGES_H_
