// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// An object that the linker put into a module, with the library that it came from.
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_LINKED_OBJECT_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_LINKED_OBJECT_H_

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/module/link/link_request.h"
#include "kmod_rules/private/module/link/symbol_references.h"

namespace kmod::link {

struct LinkedObject {
  std::string library;                       // label
  std::string file;                          // base name, for messages
  std::shared_ptr<const std::string> bytes;  // of the object or of the archive around it
  base::ElfObject object;                    // points into bytes
};

// What the linker printed besides its trace.
[[nodiscard]] std::string without_trace(const LinkRequest& request, std::string_view output);

// Reads the inputs of a link that the linker says it used. `trace` is what ld.lld --trace prints: a
// line `path` or `archive(member)` for each.
//
// Errors: an input that cannot be read or is no object, by its path and library.
[[nodiscard]] std::expected<std::vector<LinkedObject>, std::string> read_linked_objects(
    const LinkRequest& request, std::string_view trace);

// Who wants the symbols that the result leaves undefined. What an input wants only for a function
// that was left out is not among them.
[[nodiscard]] std::vector<SymbolReference> references_of_result(
    const base::ElfObject& result, const std::vector<LinkedObject>& linked);

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_LINKED_OBJECT_H_
