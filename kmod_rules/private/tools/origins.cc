// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/tools/origins.h"

#include <elf.h>

#include <algorithm>
#include <utility>

#include "kmod_rules/private/tools/demangle.h"
#include "kmod_rules/private/tools/lines.h"

namespace kmod::tools {

std::vector<std::string> undefined_symbols(const ElfObject& object) {
  std::vector<std::string> symbols;
  for (const ElfObject::Symbol& symbol : object.symbols()) {
    if (symbol.undefined()) symbols.emplace_back(symbol.name);
  }
  std::ranges::sort(symbols);
  symbols.erase(std::ranges::unique(symbols).begin(), symbols.end());
  return symbols;
}

std::vector<Origin> references(const ElfObject& object, const std::string& library) {
  std::vector<Origin> origins;
  std::vector<bool> seen(object.symbols().size());
  for (uint32_t section = 0; section < object.sections().size(); ++section) {
    if (!object.sections()[section].allocated()) continue;
    for (const ElfObject::Relocation& relocation : object.relocations(section)) {
      const ElfObject::Symbol& symbol = object.symbols()[relocation.symbol];
      if (!symbol.undefined() || seen[relocation.symbol]) continue;
      seen[relocation.symbol] = true;
      const ElfObject::Symbol* referrer = object.enclosing(section, relocation.offset);
      origins.push_back(
          {.symbol = std::string(symbol.name),
           .library = library,
           .referrer = referrer == nullptr
                           ? ""
                           : describe_referrer(referrer->name, referrer->type == STT_FUNC)});
    }
  }
  for (uint32_t index = 0; index < object.symbols().size(); ++index) {
    const ElfObject::Symbol& symbol = object.symbols()[index];
    if (symbol.undefined() && !seen[index]) {
      origins.push_back({.symbol = std::string(symbol.name), .library = library, .referrer = ""});
    }
  }
  return origins;
}

std::string format_origins(std::vector<Origin> origins) {
  std::ranges::sort(origins);
  origins.erase(std::ranges::unique(origins).begin(), origins.end());
  std::string text;
  for (const Origin& origin : origins) {
    text += origin.symbol + '\t' + origin.library + '\t' + origin.referrer + '\n';
  }
  return text;
}

std::expected<std::vector<Origin>, std::string> parse_origins(std::string_view text) {
  std::vector<Origin> origins;
  size_t number = 0;
  for (const std::string_view line : split_lines(text)) {
    ++number;
    const auto fields = split(line, '\t');
    if (fields.size() != 3) {
      return std::unexpected("line " + std::to_string(number) + ", \"" + std::string(line) +
                             "\", is not of the form symbol, library, referrer with tabs between "
                             "them");
    }
    origins.push_back({std::string(fields[0]), std::string(fields[1]), std::string(fields[2])});
  }
  return origins;
}

std::string describe_origins(const std::vector<Origin>& origins, std::string_view symbol) {
  std::string text;
  std::string_view previous;
  for (const Origin& origin : origins) {
    // One function a library is enough to find the place.
    if (origin.symbol != symbol || origin.library == previous) continue;
    previous = origin.library;
    if (!text.empty()) text += " and ";
    text += origin.library;
    if (!origin.referrer.empty()) text += " in " + origin.referrer;
  }
  return text;
}

}  // namespace kmod::tools
