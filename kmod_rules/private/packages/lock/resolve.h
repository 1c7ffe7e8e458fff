// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Finds the packages of each set: its roots and their dependencies.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_RESOLVE_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_RESOLVE_H_

#include <map>
#include <string>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/packages/lock/lock_file.h"
#include "kmod_rules/private/packages/lock/package_index.h"
#include "kmod_rules/private/packages/lock/package_sets.h"

namespace kmod::lock {

// The indices of the releases, by the names of PackageSets::releases.
using Indices = std::map<std::string, PackageIndex>;

// Takes the highest version of each package. Of a dependency with alternatives, takes one that the
// set names, else the first that the release has: a package of this name, or the only package that
// provides it.
//
// Errors, which name the set: a package that the release does not have; a dependency that several
// packages provide; a package with two versions from two releases; an excluded package on which no
// other depends, because its reason is out of date.
[[nodiscard]] base::Result<Lock> resolve(const PackageSets& sets, const Indices& indices);

// Removes the entries of `excluded` on which no package of the set depends. For sets that a program
// makes; in a file, they are errors.
//
// Errors: as those of resolve() for one set.
[[nodiscard]] base::Result<PackageSet> drop_unused_excludes(PackageSet set,
                                                            const PackageIndex& index);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_RESOLVE_H_
