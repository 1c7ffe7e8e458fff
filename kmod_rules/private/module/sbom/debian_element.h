// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A Debian package as an element of an SPDX document.
#ifndef KMOD_RULES_PRIVATE_MODULE_SBOM_DEBIAN_ELEMENT_H_
#define KMOD_RULES_PRIVATE_MODULE_SBOM_DEBIAN_ELEMENT_H_

#include <map>
#include <string>

#include "kmod_rules/private/base/json.h"
#include "kmod_rules/private/module/sbom/package_list.h"

namespace kmod::sbom {

// The element's identifier: the same for one package in several trees.
[[nodiscard]] std::string debian_identifier(const DebianPackage& package);

// pkg:deb/debian/NAME@VERSION?arch=ARCHITECTURE, escaped as the purl specification says.
[[nodiscard]] std::string debian_purl(const DebianPackage& package);

// `tree` has the package's copyright file, if the package has one. Licenses that SPDX does not know
// are added to `references`: their LicenseRef- to where their text is.
[[nodiscard]] base::Json debian_element(const DebianPackage& package, const std::string& tree,
                                        std::map<std::string, std::string>& references);

}  // namespace kmod::sbom

#endif  // KMOD_RULES_PRIVATE_MODULE_SBOM_DEBIAN_ELEMENT_H_
