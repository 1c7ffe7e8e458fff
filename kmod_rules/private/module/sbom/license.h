// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Translates the license names of Debian and of kernel sources into those of SPDX.
#ifndef KMOD_RULES_PRIVATE_MODULE_SBOM_LICENSE_H_
#define KMOD_RULES_PRIVATE_MODULE_SBOM_LICENSE_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kmod::sbom {

struct PackageLicense {
  std::string expression;  // SPDX, or "NOASSERTION"
  // From each LicenseRef- of the expression to the name that Debian gives the license.
  std::map<std::string, std::string> references;
};

// Reads a package's copyright file. If it is machine-readable (DEP 5), the expression joins the
// licenses of all files with AND: short names that SPDX has are translated, others become
// LicenseRef-PACKAGE-NAME. Any other text gives NOASSERTION.
[[nodiscard]] PackageLicense read_copyright(std::string_view text, const std::string& package);

// The licenses that a source file's SPDX-License-Identifier names, without duplicates; for a file
// without one, "NOASSERTION".
[[nodiscard]] std::vector<std::string> licenses_in_source(std::string_view text);

// An identifier of SPDX: other characters than letters, digits and "." become "-".
[[nodiscard]] std::string spdx_identifier(std::string_view text);

}  // namespace kmod::sbom

#endif  // KMOD_RULES_PRIVATE_MODULE_SBOM_LICENSE_H_
