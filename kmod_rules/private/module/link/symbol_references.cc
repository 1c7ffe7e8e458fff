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

std::string format_references(std::vector<SymbolReference> references) {
  std::ranges::sort(references);
  references.erase(std::ranges::unique(references).begin(), references.end());
  std::string text;
  for (const SymbolReference& reference : references) {
    text += fmt::format("{}\t{}\t{}\n", reference.symbol, reference.library, reference.referrer);
  }
  return text;
}

base::Result<std::vector<SymbolReference>> parse_references(std::string_view text) {
  std::vector<SymbolReference> references;
  std::size_t number = 0;
  for (const std::string_view line : base::split_lines(text)) {
    ++number;
    const auto fields = base::split(line, '\t');
    if (fields.size() != 3) {
      return std::unexpected(fmt::format(
          "line {}, \"{}\", is not of the form symbol, library, referrer with tabs between them",
          number, line));
    }
    references.push_back({std::string(fields[0]), std::string(fields[1]), std::string(fields[2])});
  }
  return references;
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

}  // namespace kmod::link
