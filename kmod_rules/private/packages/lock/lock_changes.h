// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What a new lock changes, for a person who is to agree to it.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_LOCK_CHANGES_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_LOCK_CHANGES_H_

#include <string>
#include <vector>

#include "kmod_rules/private/packages/lock/lock_file.h"

namespace kmod::lock {

// A line a change: "changed zlib1g 1.2 -> 1.3", "added …", "removed …", "set clang: added …".
[[nodiscard]] std::vector<std::string> describe_changes(const Lock& from, const Lock& to);

// "zlib1g 1.3 -> 1.2" of each package whose version becomes lower.
[[nodiscard]] std::vector<std::string> find_downgrades(const Lock& from, const Lock& to);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_LOCK_CHANGES_H_
