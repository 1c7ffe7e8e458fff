// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/symbol_references.h"

#include <elf.h>
#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "kmod_rules/private/base/demangler.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::link {

std::vector<std::string> undefined_symbols(const base::ElfObject& object) {
  std::vector<std::string> symbols;
  for (const base::ElfObject::Symbol& symbol : object.symbols()) {
    if (symbol.undefined()) symbols.emplace_back(symbol.name);
  }
  std::ranges::sort(symbols);
  symbols.erase(std::ranges::unique(symbols).begin(), symbols.end());
  return symbols;
}

std::vector<SymbolReference> find_references(const base::ElfObject& object,
                                             const std::string& library) {
  std::vector<SymbolReference> references;
  std::vector<bool> seen(object.symbols().size());
  for (std::uint32_t section = 0; section < object.sections().size(); ++section) {
    if (!object.sections()[section].allocated()) continue;
    for (const base::ElfObject::Relocation& relocation : object.relocations(section)) {
      const base::ElfObject::Symbol& symbol = object.symbols()[relocation.symbol];
      if (!symbol.undefined() || seen[relocation.symbol]) continue;
      seen[relocation.symbol] = true;
      const base::ElfObject::Symbol* referrer = object.enclosing(section, relocation.offset);
      references.push_back(
          {.symbol = std::string(symbol.name),
           .library = library,
           .referrer = referrer == nullptr
                           ? ""
                           : base::describe_referrer(referrer->name, referrer->type == STT_FUNC)});
    }
  }
  for (std::uint32_t index = 0; index < object.symbols().size(); ++index) {
    const base::ElfObject::Symbol& symbol = object.symbols()[index];
    if (symbol.undefined() && !seen[index]) {
      references.push_back(
          {.symbol = std::string(symbol.name), .library = library, .referrer = ""});
    }
  }
  return references;
}

std::vector<SymbolDefinition> find_definitions(const base::ElfObject& object,
                                               const std::string& library) {
  std::vector<SymbolDefinition> definitions;
  for (const base::ElfObject::Symbol& symbol : object.symbols()) {
    if (symbol.type != STT_FUNC && symbol.type != STT_OBJECT) continue;
    if (symbol.undefined()) continue;
    definitions.push_back({.symbol = std::string(symbol.name), .library = library});
  }
  return definitions;
}

std::string format_references(std::vector<SymbolReference> references) {
  std::ranges::sort(references);
  references.erase(std::ranges::unique(references).begin(), references.end());
  std::string text;
  for (const SymbolReference& reference : references) {
    text += fmt::format("{}\t{}\t{}\n", reference.symbol, reference.library, reference.referrer);
  }
  return text;
}

std::string format_definitions(std::vector<SymbolDefinition> definitions) {
  std::ranges::sort(definitions);
  definitions.erase(std::ranges::unique(definitions).begin(), definitions.end());
  std::string text;
  for (const SymbolDefinition& definition : definitions) {
    text += fmt::format("{}\t{}\n", definition.symbol, definition.library);
  }
  return text;
}

base::Result<SymbolTables> parse_references(std::string_view text) {
  SymbolTables tables;
  std::size_t number = 0;
  for (const std::string_view line : base::split_lines(text)) {
    ++number;
    const auto fields = base::split(line, '\t');
    if (fields.size() == 2) {
      tables.definitions.push_back({std::string(fields[0]), std::string(fields[1])});
    } else if (fields.size() == 3) {
      tables.references.push_back(
          {std::string(fields[0]), std::string(fields[1]), std::string(fields[2])});
    } else {
      return std::unexpected(fmt::format(
          "line {}, \"{}\", is not of the form symbol, library, referrer with tabs between them",
          number, line));
    }
  }
  return tables;
}

std::string describe_references(const std::vector<SymbolReference>& references,
                                std::string_view symbol) {
  std::string text;
  std::string_view previous;
  for (const SymbolReference& reference : references) {
    // One function of each library is enough to find the place.
    if (reference.symbol != symbol || reference.library == previous) continue;
    previous = reference.library;
    text += fmt::format("{}{}{}{}", text.empty() ? "" : " and ", reference.library,
                        reference.referrer.empty() ? "" : " in ", reference.referrer);
  }
  return text;
}

std::string describe_definitions(const std::vector<SymbolDefinition>& definitions,
                                 std::string_view symbol) {
  std::vector<std::string> libraries;
  for (const SymbolDefinition& definition : definitions) {
    if (definition.symbol != symbol) continue;
    if (std::ranges::find(libraries, definition.library) == libraries.end()) {
      libraries.push_back(definition.library);
    }
  }
  return base::join(libraries, " or ");
}

}  // namespace kmod::link
