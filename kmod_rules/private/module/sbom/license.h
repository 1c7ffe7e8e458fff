// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Translates what Debian and kernel sources say of licenses into what SPDX says.
#ifndef KMOD_RULES_PRIVATE_MODULE_SBOM_LICENSE_H_
#define KMOD_RULES_PRIVATE_MODULE_SBOM_LICENSE_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kmod::sbom {

struct PackageLicense {
  std::string expression;  // SPDX, or "NOASSERTION"
  // The LicenseRef- of the expression, to the names that Debian gives these licenses.
  std::map<std::string, std::string> references;
};

// Reads a package's copyright file. Of a machine-readable one (DEP 5), the licenses of all files
// are joined by AND: short names that SPDX has are translated, others become
// LicenseRef-PACKAGE-NAME. Of any other text nothing is asserted.
[[nodiscard]] PackageLicense read_copyright(std::string_view text, const std::string& package);

// The licenses that a source file's SPDX-License-Identifier names, each once; of a file without
// one, "NOASSERTION".
[[nodiscard]] std::vector<std::string> licenses_in_source(std::string_view text);

// Only letters, digits, "." and "-", as identifiers of SPDX have to be.
[[nodiscard]] std::string spdx_identifier(std::string_view text);

}  // namespace kmod::sbom

#endif  // KMOD_RULES_PRIVATE_MODULE_SBOM_LICENSE_H_
