// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/linked_object.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <utility>

#include "kmod_rules/private/base/archive.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::link {
namespace {

// How a file of LLVM's intermediate code begins.
constexpr std::string_view kBitcode = "BC\xC0\xDE";

std::string base_name(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));  // npos + 1 is 0
}

}  // namespace

base::Result<std::vector<LinkedObject>> read_linked_objects(const LinkRequest& request,
                                                            std::string_view trace) {
  const auto lines = base::split_lines(trace);
  const std::set<std::string_view> used(lines.begin(), lines.end());
  std::vector<LinkedObject> linked;
  for (const LinkRequest::Library& library : request.libraries) {
    for (const LinkRequest::Input& input : library.inputs) {
      const auto failed = [&](std::string_view what) {
        return std::unexpected(
            fmt::format("{}: {} of {} {}", request.label, input.path, library.label, what));
      };
      auto contents = base::read_file(input.path);
      if (!contents) return failed(fmt::format("is unreadable: {}", contents.error()));
      const auto bytes = std::make_shared<const std::string>(std::move(*contents));
      const auto members = base::members_of(*bytes);
      if (!members) return failed(members.error());
      for (const base::ArchiveMember& member : *members) {
        const std::string name = member.name.empty() ? "" : fmt::format("({})", member.name);
        if (!used.contains(input.path + name)) continue;
        if (member.bytes.starts_with(kBitcode)) {
          return failed(fmt::format(
              "{}{}is intermediate code of the compiler and not an object: it was compiled with "
              "-flto. Compile it without",
              name, name.empty() ? "" : " "));
        }
        auto object = base::ElfObject::parse(member.bytes);
        if (!object) {
          return failed(name.empty() ? object.error() : fmt::format("{} {}", name, object.error()));
        }
        linked.push_back(
            {.library = library.label,
             .file = member.name.empty() ? base_name(input.path) : base_name(member.name),
             .bytes = bytes,
             .object = std::move(*object)});
      }
    }
  }
  return linked;
}

std::string without_trace(const LinkRequest& request, std::string_view output) {
  std::set<std::string_view> paths;
  for (const LinkRequest::Library& library : request.libraries) {
    for (const LinkRequest::Input& input : library.inputs) paths.insert(input.path);
  }
  std::string text;
  for (const std::string_view line : base::split_lines(output)) {
    if (paths.contains(line.substr(0, line.rfind('(')))) continue;
    text += line;
    text += '\n';
  }
  return text;
}

std::vector<SymbolDefinition> definitions_of_result(const base::ElfObject& result,
                                                    const std::vector<LinkedObject>& linked) {
  std::set<std::string> kept;
  for (SymbolDefinition& definition : find_definitions(result, "")) {
    kept.insert(std::move(definition.symbol));
  }
  std::vector<SymbolDefinition> definitions;
  for (const LinkedObject& input : linked) {
    for (SymbolDefinition& definition : find_definitions(input.object, input.library)) {
      if (kept.contains(definition.symbol)) definitions.push_back(std::move(definition));
    }
  }
  return definitions;
}

std::vector<SymbolReference> references_of_result(const base::ElfObject& result,
                                                  const std::vector<LinkedObject>& linked) {
  const auto undefined = undefined_symbols(result);
  std::vector<SymbolReference> references;
  for (const LinkedObject& input : linked) {
    for (SymbolReference& reference : find_references(input.object, input.library)) {
      if (std::ranges::binary_search(undefined, reference.symbol))
        references.push_back(std::move(reference));
    }
  }
  return references;
}

}  // namespace kmod::link
