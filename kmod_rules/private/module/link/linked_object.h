// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// An object that the linker put into a module, with the library that it came from.
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_LINKED_OBJECT_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_LINKED_OBJECT_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/try.h"
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

// Reads the inputs that the linker used. `trace` is the output of ld.lld --trace: a line `path` or
// `archive(member)` for each.
//
// Errors: an input that cannot be read or is not an object, by its path and library.
[[nodiscard]] base::Result<std::vector<LinkedObject>> read_linked_objects(
    const LinkRequest& request, std::string_view trace);

// The functions and variables of the result, by the library that they come from.
[[nodiscard]] std::vector<SymbolDefinition> definitions_of_result(
    const base::ElfObject& result, const std::vector<LinkedObject>& linked);

// The references to symbols that the result leaves undefined. References from functions that the
// linker dropped are not among them.
[[nodiscard]] std::vector<SymbolReference> references_of_result(
    const base::ElfObject& result, const std::vector<LinkedObject>& linked);

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_LINKED_OBJECT_H_
