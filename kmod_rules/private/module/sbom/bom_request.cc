// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/sbom/bom_request.h"

#include <utility>

namespace kmod::sbom {
namespace {

std::expected<BomFile, std::string> parse_file(const base::Argument& argument) {
  auto pair = base::split_pair(argument, "<path>=<name>");
  if (!pair) return std::unexpected(pair.error());
  return BomFile{std::move(pair->left), std::move(pair->right)};
}

std::expected<void, std::string> add(const base::Argument& argument, BomRequest& request) {
  if (argument.name == "output") {
    request.output = argument.value;
  } else if (argument.name == "name") {
    request.name = argument.value;
  } else if (argument.name == "version") {
    request.version = argument.value;
  } else if (argument.name == "license") {
    request.license = argument.value;
  } else if (argument.name == "kernel") {
    request.kernel = argument.value;
  } else if (argument.name == "library") {
    request.libraries.push_back({argument.value, {}});
  } else if (argument.name == "header-tree" || argument.name == "tool-tree") {
    request.trees.push_back({argument.name == "tool-tree", argument.value});
  } else if (argument.name == "built" || argument.name == "source") {
    auto file = parse_file(argument);
    if (!file) return std::unexpected(file.error());
    if (argument.name == "source" && request.libraries.empty()) {
      return std::unexpected("--source=" + argument.value + " comes before any --library");
    }
    (argument.name == "built" ? request.built : request.libraries.back().sources)
        .push_back(std::move(*file));
  } else {
    return std::unexpected("the argument --" + argument.name + " is not known");
  }
  return {};
}

}  // namespace

std::expected<BomRequest, std::string> parse_bom_request(
    const std::vector<base::Argument>& arguments) {
  BomRequest request;
  for (const base::Argument& argument : arguments) {
    if (auto done = add(argument, request); !done) return std::unexpected(done.error());
  }
  for (const auto& [name, value] : {std::pair{"output", &request.output},
                                    {"name", &request.name},
                                    {"kernel", &request.kernel}}) {
    if (value->empty()) return std::unexpected("--" + std::string(name) + " is missing");
  }
  return request;
}

}  // namespace kmod::sbom
