// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Finds the packages of each set: its roots, and what they depend on.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_RESOLVE_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_RESOLVE_H_

#include <expected>
#include <map>
#include <string>

#include "kmod_rules/private/packages/lock/lock_file.h"
#include "kmod_rules/private/packages/lock/package_index.h"
#include "kmod_rules/private/packages/lock/package_sets.h"

namespace kmod::lock {

// The indices of the releases, by the names of PackageSets::releases.
using Indices = std::map<std::string, PackageIndex>;

// Takes the highest version of each package. A dependency with alternatives takes one that the set
// names, else the first that there is: by its own name, or by the Provides of a single package.
//
// Errors, which name the set: a package that the release does not have, a dependency that several
// packages provide, a package that two releases give differently, a package to leave out that
// nothing depends on (a reason that is out of date misleads).
[[nodiscard]] std::expected<Lock, std::string> resolve(const PackageSets& sets,
                                                       const Indices& indices);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_RESOLVE_H_
