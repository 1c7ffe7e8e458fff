// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/section_collection.h"

#include <elf.h>
#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <utility>

#include "kmod_rules/private/base/archive.h"
#include "kmod_rules/private/base/demangler.h"
#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/module/link/declaring_objects.h"
#include "kmod_rules/private/module/link/link_command.h"

namespace kmod::link {
namespace {

bool is_whole(const LinkRequest::Input& input) {
  return input.kind == LinkRequest::InputKind::kWholeObject ||
         input.kind == LinkRequest::InputKind::kWholeArchive;
}

void add_roots(const base::ElfObject& object, bool collected, bool whole,
               std::set<std::string>& roots) {
  const bool enterable = collected && (whole || declares_something(object));
  for (const base::ElfObject::Symbol& symbol : object.symbols()) {
    if (symbol.name.empty() || symbol.binding == STB_LOCAL) continue;
    const bool root = symbol.undefined() ? !collected : enterable && !base::is_mangled(symbol.name);
    if (root) roots.emplace(symbol.name);
  }
}

}  // namespace

const std::string_view kCollectionScript = R"(SECTIONS {
  .modinfo 0 : { KEEP(*(.modinfo)) }
  __param 0 : { KEEP(*(__param)) }
  .export_symbol 0 : { KEEP(*(.export_symbol)) }
  /DISCARD/ : { *(.comment .linker-options .llvm_addrsig) }
}
)";

bool has_collected(const LinkRequest& request) {
  return std::ranges::any_of(request.libraries, &LinkRequest::Library::collected);
}

base::Result<std::vector<std::string>> collection_roots(const LinkRequest& request) {
  std::set<std::string> roots(request.entries.begin(), request.entries.end());
  roots.insert(request.exports.begin(), request.exports.end());
  for (const LinkRequest::Library& library : request.libraries) {
    for (const LinkRequest::Input& input : library.inputs) {
      const auto bytes = base::read_file(input.path);
      if (!bytes) {
        return std::unexpected(
            fmt::format("{} of {} is unreadable: {}", input.path, library.label, bytes.error()));
      }
      const auto members = base::members_of(*bytes);
      // The linker says what is wrong with an archive.
      if (!members) continue;
      for (const base::ArchiveMember& member : *members) {
        const auto object = base::ElfObject::parse(member.bytes);
        if (object) add_roots(*object, library.collected, is_whole(input), roots);
      }
    }
  }
  return std::vector<std::string>(roots.begin(), roots.end());
}

std::vector<std::string> collection_arguments(const LinkRequest& request,
                                              const std::vector<std::string>& roots,
                                              const std::string& script,
                                              const std::string& output) {
  std::vector<std::string> arguments = {
      "-r",   "-m", "elf_x86_64", "--fatal-warnings", "--trace", "--gc-sections", "-T",
      script, "-o", output};
  for (const std::string& root : roots) arguments.push_back("--undefined=" + root);
  for (const LinkRequest::Library& library : request.libraries) {
    if (library.collected) append_inputs(library, arguments);
  }
  return arguments;
}

LinkRequest with_collected_object(const LinkRequest& request, const std::string& object) {
  LinkRequest rest = request;
  std::erase_if(rest.libraries, &LinkRequest::Library::collected);
  rest.libraries.push_back(
      {.label = request.label,
       .inputs = {{.kind = LinkRequest::InputKind::kWholeObject, .path = object}}});
  return rest;
}

}  // namespace kmod::link
