// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/sbom/debian_package.h"

#include <fmt/core.h>

#include <cctype>
#include <string_view>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/module/sbom/license.h"

namespace kmod::sbom {
namespace {

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kPlain = ".-_~:";
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || kPlain.contains(c)) {
      result += c;
    } else {
      result += fmt::format("%{:02X}", byte);
    }
  }
  return result;
}

}  // namespace

base::Result<std::vector<DebianPackage>> read_package_list(const std::string& tree) {
  const std::string path = tree + "/packages.json";
  const auto text = base::read_file(path);
  if (!text) {
    return std::unexpected(
        fmt::format("{}: the tree {} does not list its packages. Trees of sysroot_repository and "
                    "kernel_repository do.",
                    text.error(), tree));
  }
  const base::Json json = KMOD_TRY(base::parse_json(*text, path));
  std::vector<DebianPackage> packages;
  // A field that is missing, or is of another type, throws.
  try {
    for (const base::Json& package : json) {
      packages.push_back({.name = package.at("name"),
                          .version = package.at("version"),
                          .architecture = package.at("architecture"),
                          .path = package.at("path"),
                          .sha256 = package.at("sha256"),
                          .source = package.at("source"),
                          .homepage = package.at("homepage")});
    }
  } catch (const base::Json::exception& error) {
    return std::unexpected(fmt::format("{} is not a list of packages: {}", path, error.what()));
  }
  return packages;
}

std::string debian_identifier(const DebianPackage& package) {
  // The version would not do: two versions may become one identifier, two digests cannot.
  return fmt::format("SPDXRef-Package-{}-{}", spdx_identifier(package.name),
                     package.sha256.substr(0, 12));
}

std::string debian_purl(const DebianPackage& package) {
  return fmt::format("pkg:deb/debian/{}@{}?arch={}", percent_encoded(package.name),
                     percent_encoded(package.version), percent_encoded(package.architecture));
}

base::Json debian_element(const DebianPackage& package, const std::string& tree,
                          std::map<std::string, std::string>& references) {
  const std::string copyright = fmt::format("usr/share/doc/{}/copyright", package.name);
  PackageLicense license{.expression = "NOASSERTION", .references = {}};
  std::string comment = fmt::format("The package has no {} that its tree has.", copyright);
  // Some packages link to the copyright file of another one, which the tree may not have.
  if (const auto text = base::read_file(fmt::format("{}/{}", tree, copyright))) {
    license = read_copyright(*text, package.name);
    comment = license.expression == "NOASSERTION"
                  ? fmt::format("The package's {} is not machine-readable.", copyright)
                  : fmt::format(
                        "All licenses that the package's {} names, for its source as a "
                        "whole.",
                        copyright);
  }
  for (const auto& [reference, name] : license.references) {
    references[reference] =
        fmt::format("The license that {} of the Debian package {} {} calls \"{}\".", copyright,
                    package.name, package.version, name);
  }
  base::Json element = {
      {"SPDXID", debian_identifier(package)},
      {"name", package.name},
      {"versionInfo", package.version},
      {"downloadLocation", "NOASSERTION"},
      {"filesAnalyzed", false},
      {"checksums", {{{"algorithm", "SHA256"}, {"checksumValue", package.sha256}}}},
      {"sourceInfo", fmt::format("{} of a Debian mirror, built from source package {}",
                                 package.path, package.source)},
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
