// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/declaring_objects.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/archive.h"
#include "kmod_rules/private/base/file.h"

namespace kmod::link {
namespace {

using Input = LinkRequest::Input;
using InputKind = LinkRequest::InputKind;

// MODULE_ALIAS() and the like, module_param(), EXPORT_SYMBOL() until Linux 6.3 and since 6.4.
constexpr std::string_view kSections[] = {".modinfo", "__param", ".export_symbol"};
constexpr std::string_view kExport = "___ksymtab";

// MODULE_DEVICE_TABLE(pci, ids) defines __mod_pci__ids_device_table, and since Linux 6.14
// __mod_device_table__pci__ids.
bool is_device_table(std::string_view symbol) {
  return symbol.starts_with("__mod_") &&
         (symbol.ends_with("_device_table") || symbol.starts_with("__mod_device_table__"));
}

bool declares(std::string_view bytes) {
  const auto object = base::ElfObject::parse(bytes);
  return object && declares_something(*object);
}

// The members of an archive that declare something, as inputs of their own.
base::Result<std::vector<Input>> copy_members(const std::string& archive,
                                              const std::string& directory) {
  std::vector<Input> copies;
  const auto bytes = base::read_file(archive);
  const auto members =
      bytes ? base::parse_archive(*bytes) : std::unexpected(std::string(bytes.error()));
  if (!members) return copies;
  for (const base::ArchiveMember& member : *members) {
    if (!declares(member.bytes)) continue;
    // Two members may have one name.
    const std::string parent = fmt::format("{}/{}", directory, copies.size());
    const std::string path =
        fmt::format("{}/{}", parent, member.name.substr(member.name.rfind('/') + 1));
    KMOD_TRY(base::make_directories(parent));
    KMOD_TRY(base::write_file(path, std::string(member.bytes)));
    copies.push_back({.kind = InputKind::kWholeObject, .path = path});
  }
  return copies;
}

}  // namespace

bool declares_something(const base::ElfObject& object) {
  const auto& sections = object.sections();
  const auto& symbols = object.symbols();
  return std::ranges::any_of(
             sections,
             [](const base::ElfObject::Section& section) {
               return section.size != 0 &&
                      (std::ranges::find(kSections, section.name) != std::end(kSections) ||
                       section.name.starts_with(kExport));
             }) ||
         std::ranges::any_of(symbols, [](const base::ElfObject::Symbol& symbol) {
           return !symbol.undefined() && is_device_table(symbol.name);
         });
}

base::Status keep_declaring_objects(LinkRequest& request, const std::string& directory) {
  std::size_t archives = 0;
  for (LinkRequest::Library& library : request.libraries) {
    std::vector<Input> inputs;
    for (Input& input : library.inputs) {
      if (input.kind == InputKind::kObject) {
        const auto bytes = base::read_file(input.path);
        if (bytes && declares(*bytes)) input.kind = InputKind::kWholeObject;
      } else if (input.kind == InputKind::kArchive) {
        // Before the archive: its members then have nothing to define that is missing.
        for (Input& copy :
             KMOD_TRY(copy_members(input.path, fmt::format("{}/{}", directory, archives++)))) {
          inputs.push_back(std::move(copy));
        }
      }
      inputs.push_back(std::move(input));
    }
    library.inputs = std::move(inputs);
  }
  return {};
}

}  // namespace kmod::link
