// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Compares a lock with the signed indices.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_LOCK_CHECK_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_LOCK_CHECK_H_

#include <string>
#include <vector>

#include "kmod_rules/private/packages/lock/lock_file.h"
#include "kmod_rules/private/packages/lock/package_sets.h"
#include "kmod_rules/private/packages/lock/resolve.h"

namespace kmod::lock {

// Each entry must be in the index of the release of each set that has it, with the same version,
// architecture, path, size and sha256. The lock and `sets` must have the same sets.
//
// Returns a line for each fault, which names the package; no lines for a correct lock.
[[nodiscard]] std::vector<std::string> check_lock(const Lock& lock, const PackageSets& sets,
                                                  const Indices& indices);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_LOCK_CHECK_H_
