// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/sbom/debian_element.h"

#include <cctype>
#include <string_view>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/module/sbom/license.h"

namespace kmod::sbom {
namespace {

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kPlain = ".-_~:";
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || kPlain.contains(c)) {
      result += c;
    } else {
      result += {'%', kDigits[byte / 16], kDigits[byte % 16]};
    }
  }
  return result;
}

}  // namespace

std::string debian_identifier(const DebianPackage& package) {
  // Two versions may become one identifier, and two files cannot.
  return "SPDXRef-Package-" + spdx_identifier(package.name) + "-" + package.sha256.substr(0, 12);
}

std::string debian_purl(const DebianPackage& package) {
  return "pkg:deb/debian/" + percent_encoded(package.name) + "@" +
         percent_encoded(package.version) + "?arch=" + percent_encoded(package.architecture);
}

base::Json debian_element(const DebianPackage& package, const std::string& tree,
                          std::map<std::string, std::string>& references) {
  const std::string copyright = "usr/share/doc/" + package.name + "/copyright";
  PackageLicense license{.expression = "NOASSERTION", .references = {}};
  std::string comment = "The package has no " + copyright + " that its tree has.";
  // Some packages link to the copyright file of another one, which the tree may not have.
  if (const auto text = base::read_file(tree + "/" + copyright)) {
    license = read_copyright(*text, package.name);
    comment =
        license.expression == "NOASSERTION"
            ? "The package's " + copyright + " is not machine-readable."
            : "All licenses that the package's " + copyright + " names, for its source as a whole.";
  }
  for (const auto& [reference, name] : license.references) {
    references[reference] = "The license that usr/share/doc/" + package.name +
                            "/copyright of the Debian package " + package.name + " " +
                            package.version + " calls \"" + name + "\".";
  }
  base::Json element = {
      {"SPDXID", debian_identifier(package)},
      {"name", package.name},
      {"versionInfo", package.version},
      {"downloadLocation", "NOASSERTION"},
      {"filesAnalyzed", false},
      {"checksums", {{{"algorithm", "SHA256"}, {"checksumValue", package.sha256}}}},
      {"sourceInfo",
       package.path + " of a Debian mirror, built from source package " + package.source},
      {"licenseConcluded", "NOASSERTION"},
      {"licenseDeclared", license.expression},
      {"licenseComments", comment},
      {"copyrightText", "NOASSERTION"},
      {"externalRefs",
       {{{"referenceCategory", "PACKAGE-MANAGER"},
         {"referenceType", "purl"},
         {"referenceLocator", debian_purl(package)}}}},
  };
  if (!package.homepage.empty()) element["homepage"] = package.homepage;
  return element;
}

}  // namespace kmod::sbom
