// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads the list of the packages that a tree is made of, which is in the tree.
#ifndef KMOD_RULES_PRIVATE_MODULE_SBOM_PACKAGE_LIST_H_
#define KMOD_RULES_PRIVATE_MODULE_SBOM_PACKAGE_LIST_H_

#include <expected>
#include <string>
#include <vector>

namespace kmod::sbom {

struct DebianPackage {
  std::string name;
  std::string version;
  std::string architecture;
  std::string path;  // below a mirror
  std::string sha256;
  std::string source;    // the source package, with its version where it differs
  std::string homepage;  // may be empty
};

// Errors: the tree has no packages.json, or it is not a list of packages.
[[nodiscard]] std::expected<std::vector<DebianPackage>, std::string> read_package_list(
    const std::string& tree);

}  // namespace kmod::sbom

#endif  // KMOD_RULES_PRIVATE_MODULE_SBOM_PACKAGE_LIST_H_
