// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads package_sets.json, which people edit: the packages of each set, and why they are there.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_PACKAGE_SETS_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_PACKAGE_SETS_H_

#include <map>
#include <string>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::lock {

struct ReleaseSource {
  std::vector<std::string> suites;      // directories below dists/ of a mirror: "bookworm"
  std::vector<std::string> components;  // "main"
  std::string architecture;             // "amd64"
};

// Names of packages to exclude, and why.
using Excluded = std::map<std::string, std::string>;

struct PackageSet {
  std::string name = {};
  std::string release = {};
  std::vector<std::string> roots = {};                 // taken with all their dependencies
  std::vector<std::string> without_dependencies = {};  // taken without them
  Excluded excluded = {};
};

struct PackageSets {
  std::map<std::string, ReleaseSource> releases;
  Excluded excluded = {};             // from every set that does not name them
  std::vector<PackageSet> sets = {};  // in the order of the file
};

// Errors: a member that docs/supply_chain.md does not describe, or one of the wrong type; a set of
// an unknown release; a set without packages. The message begins with `name`.
[[nodiscard]] base::Result<PackageSets> parse_package_sets(const std::string& text,
                                                           const std::string& name);

// The text of a file with these sets, without reasons for sets and releases.
[[nodiscard]] std::string format_package_sets(const PackageSets& sets);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_PACKAGE_SETS_H_
