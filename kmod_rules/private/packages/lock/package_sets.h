// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads package_sets.json, the text that a person edits: which packages form which set, and why.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_PACKAGE_SETS_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_PACKAGE_SETS_H_

#include <expected>
#include <map>
#include <string>
#include <vector>

namespace kmod::lock {

struct ReleaseSource {
  std::vector<std::string> suites;      // folders below dists/ of a mirror: "bookworm"
  std::vector<std::string> components;  // "main"
  std::string architecture;             // "amd64"
};

// Names of packages that are not taken, and why.
using LeftOut = std::map<std::string, std::string>;

struct PackageSet {
  std::string name = {};
  std::string release = {};
  std::vector<std::string> roots = {};  // taken with all that they depend on
  std::vector<std::string> alone = {};  // taken without
  LeftOut left_out = {};
};

struct PackageSets {
  std::map<std::string, ReleaseSource> releases;
  LeftOut left_out = {};              // of every set, unless the set names them
  std::vector<PackageSet> sets = {};  // in the order of the text
};

// Errors: another shape than docs/supply_chain.md describes, a member that it does not know, a set
// of a release that is not there, a set without packages. The message begins with `name`.
[[nodiscard]] std::expected<PackageSets, std::string> parse_package_sets(const std::string& text,
                                                                         const std::string& name);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_PACKAGE_SETS_H_
