// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/link_request.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace kmod::link {
namespace {

struct Single {
  std::string_view name;
  std::string LinkRequest::* field;
};
constexpr Single kSingles[] = {
    {"ld", &LinkRequest::ld},
    {"label", &LinkRequest::label},
    {"kernel-symvers", &LinkRequest::kernel_symvers},
    {"output", &LinkRequest::output},
    {"references", &LinkRequest::references},
};

std::optional<LinkRequest::Kind> input_kind(std::string_view name) {
  if (name == "object") return LinkRequest::Kind::kObject;
  if (name == "whole-object") return LinkRequest::Kind::kWholeObject;
  if (name == "archive") return LinkRequest::Kind::kArchive;
  if (name == "whole-archive") return LinkRequest::Kind::kWholeArchive;
  return std::nullopt;
}

bool links_anything(const LinkRequest& request) {
  if (!request.entries.empty()) return true;
  return std::ranges::any_of(request.libraries, [](const LinkRequest::Library& library) {
    return std::ranges::any_of(library.inputs, [](const LinkRequest::Input& input) {
      return input.kind == LinkRequest::Kind::kWholeObject ||
             input.kind == LinkRequest::Kind::kWholeArchive;
    });
  });
}

}  // namespace

std::expected<LinkRequest, std::string> parse_link_request(
    const std::vector<base::Argument>& arguments) {
  LinkRequest request;
  for (const base::Argument& argument : arguments) {
    const auto* const single = std::ranges::find(kSingles, argument.name, &Single::name);
    if (single != std::end(kSingles)) {
      if (!(request.*single->field).empty()) {
        return std::unexpected("--" + argument.name + " is given twice");
      }
      request.*single->field = argument.value;
    } else if (argument.name == "entry") {
      request.entries.push_back(argument.value);
    } else if (argument.name == "library") {
      request.libraries.push_back({.label = argument.value, .inputs = {}});
    } else if (const auto kind = input_kind(argument.name)) {
      if (request.libraries.empty()) {
        return std::unexpected("--" + argument.name + "=" + argument.value +
                               " comes before the first --library, so that nothing says whose it "
                               "is");
      }
      request.libraries.back().inputs.push_back({.kind = *kind, .path = argument.value});
    } else {
      return std::unexpected("--" + argument.name +
                             " is unknown. link_objects takes --ld, --label, --kernel-symvers, "
                             "--output, --references, --entry, --library, and after a --library "
                             "--object, --whole-object, --archive and --whole-archive");
    }
  }
  for (const Single& single : kSingles) {
    if ((request.*single.field).empty()) {
      return std::unexpected("--" + std::string(single.name) + " is missing");
    }
  }
  if (!links_anything(request)) {
    return std::unexpected(
        request.label +
        ": nothing to link: the libraries in deps have no source of their own, and nothing calls "
        "what they depend on. Name a library with sources in deps");
  }
  return request;
}

}  // namespace kmod::link
