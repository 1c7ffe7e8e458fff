// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/sbom/package_list.h"

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/json.h"

namespace kmod::sbom {

std::expected<std::vector<DebianPackage>, std::string> read_package_list(const std::string& tree) {
  const std::string path = tree + "/packages.json";
  const auto text = base::read_file(path);
  if (!text) {
    return std::unexpected(
        text.error() + ": the tree " + tree +
        " does not say which packages it is made of. Trees of sysroot_repository and "
        "kernel_repository do.");
  }
  const auto json = base::parse_json(*text, path);
  if (!json) return std::unexpected(json.error());
  std::vector<DebianPackage> packages;
  // What is missing, or is of another type than it has to be, throws.
  try {
    for (const base::Json& package : *json) {
      packages.push_back({.name = package.at("name"),
                          .version = package.at("version"),
                          .architecture = package.at("architecture"),
                          .path = package.at("path"),
                          .sha256 = package.at("sha256"),
                          .source = package.at("source"),
                          .homepage = package.at("homepage")});
    }
  } catch (const base::Json::exception& error) {
    return std::unexpected(path + " is no list of packages: " + error.what());
  }
  return packages;
}

}  // namespace kmod::sbom
