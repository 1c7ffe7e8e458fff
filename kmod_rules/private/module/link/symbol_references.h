// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Which library references an undefined symbol. The linker knows; modpost sees one linked object
// and does not.
#ifndef KMOD_RULES_PRIVATE_MODULE_LINK_SYMBOL_REFERENCES_H_
#define KMOD_RULES_PRIVATE_MODULE_LINK_SYMBOL_REFERENCES_H_

#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/base/try.h"

namespace kmod::link {

struct SymbolReference {
  std::string symbol;    // undefined, as in the symbol table
  std::string library;   // the label of the library, or the path of the source, that references it
  std::string referrer;  // base::describe_referrer() of the function or variable; may be empty

  auto operator<=>(const SymbolReference&) const = default;
};

struct SymbolDefinition {
  std::string symbol;   // of a function or variable
  std::string library;  // as in SymbolReference

  auto operator<=>(const SymbolDefinition&) const = default;
};

// The functions and variables that an object defines.
[[nodiscard]] std::vector<SymbolDefinition> find_definitions(const base::ElfObject& object,
                                                             const std::string& library);

// The undefined symbols of an object, sorted.
[[nodiscard]] std::vector<std::string> undefined_symbols(const base::ElfObject& object);

// The first reference of an object to each symbol that it leaves undefined. Debugging information
// does not count as a reference.
[[nodiscard]] std::vector<SymbolReference> find_references(const base::ElfObject& object,
                                                           const std::string& library);

// Lines of `symbol<TAB>library<TAB>referrer`, sorted, without duplicates. Those of definitions,
// which may follow, are `symbol<TAB>library`.
[[nodiscard]] std::string format_references(std::vector<SymbolReference> references);
[[nodiscard]] std::string format_definitions(std::vector<SymbolDefinition> definitions);

struct SymbolTables {
  std::vector<SymbolReference> references;
  std::vector<SymbolDefinition> definitions;
};

// Errors: a line of another form, by its number.
[[nodiscard]] base::Result<SymbolTables> parse_references(std::string_view text);

// "//hello:hello in Hello::create()", for each library that references the symbol, joined by
// " and "; empty if no reference to it is known.
[[nodiscard]] std::string describe_references(const std::vector<SymbolReference>& references,
                                              std::string_view symbol);

// "//hello:hello", or "//a or //b" if several libraries define a static function of the name; empty
// if no definition is known.
[[nodiscard]] std::string describe_definitions(const std::vector<SymbolDefinition>& definitions,
                                               std::string_view symbol);

}  // namespace kmod::link

#endif  // KMOD_RULES_PRIVATE_MODULE_LINK_SYMBOL_REFERENCES_H_
