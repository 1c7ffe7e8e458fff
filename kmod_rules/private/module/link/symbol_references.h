// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Who wants an undefined symbol: what the linker knows and modpost, which sees one object, does
// not.
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_SYMBOL_REFERENCES_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_SYMBOL_REFERENCES_H_

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"

namespace kmod::link {

struct SymbolReference {
  std::string symbol;    // as the linker knows it, undefined
  std::string library;   // the label of the library, or the path of the source, that references it
  std::string referrer;  // the function or variable with the reference, readable; may be empty

  auto operator<=>(const SymbolReference&) const = default;
};

// The undefined symbols of an object, sorted.
[[nodiscard]] std::vector<std::string> undefined_symbols(const base::ElfObject& object);

// The first reference of an object to each symbol that it leaves undefined, for every such symbol.
// Debugging information does not count as a reference.
[[nodiscard]] std::vector<SymbolReference> find_references(const base::ElfObject& object,
                                                           const std::string& library);

// Lines of `symbol<TAB>library<TAB>referrer`, sorted, each once.
[[nodiscard]] std::string format_references(std::vector<SymbolReference> references);

// Errors: a line of another shape, by its number.
[[nodiscard]] std::expected<std::vector<SymbolReference>, std::string> parse_references(
    std::string_view text);

// "//hello:hello in function Hello::create()", for each library that wants the symbol, joined by
// " and "; empty when none is known to.
[[nodiscard]] std::string describe_references(const std::vector<SymbolReference>& references,
                                              std::string_view symbol);

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_SYMBOL_REFERENCES_H_
