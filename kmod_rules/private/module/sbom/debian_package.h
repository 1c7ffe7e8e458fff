// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The Debian packages of a tree, which the tree itself lists, as elements of an SPDX document.
#ifndef KMOD_RULES_PRIVATE_MODULE_SBOM_DEBIAN_PACKAGE_H_
#define KMOD_RULES_PRIVATE_MODULE_SBOM_DEBIAN_PACKAGE_H_

#include <map>
#include <string>
#include <vector>

#include "kmod_rules/private/base/json.h"
#include "kmod_rules/private/base/try.h"

namespace kmod::sbom {

struct DebianPackage {
  std::string name;
  std::string version;
  std::string architecture;
  std::string path;  // below a mirror
  std::string sha256;
  std::string source;    // the source package, with its version if that differs
  std::string homepage;  // may be empty
};

// Reads packages.json of the tree.
//
// Errors: the tree does not have the file, or the file is not a list of packages.
[[nodiscard]] base::Result<std::vector<DebianPackage>> read_package_list(const std::string& tree);

// The element's identifier, which is the same for a package in several trees.
[[nodiscard]] std::string debian_identifier(const DebianPackage& package);

// pkg:deb/debian/NAME@VERSION?arch=ARCHITECTURE, escaped as the purl specification requires.
[[nodiscard]] std::string debian_purl(const DebianPackage& package);

// `tree` has the package's copyright file, if the package has one. Licenses that SPDX does not know
// are added to `references`: from their LicenseRef- to where their text is.
[[nodiscard]] base::Json debian_element(const DebianPackage& package, const std::string& tree,
                                        std::map<std::string, std::string>& references);

}  // namespace kmod::sbom

#endif  // KMOD_RULES_PRIVATE_MODULE_SBOM_DEBIAN_PACKAGE_H_
