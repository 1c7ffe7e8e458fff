// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/report/module_coverage.h"

#include <elf.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <utility>

#include "kmod_rules/private/base/elf_object.h"

namespace kmod::report {
namespace {

// struct orc_entry of arch/x86/include/asm/orc_types.h: two offsets, then sp_reg in the lowest
// bits.
constexpr std::size_t kOrcEntrySize = 6;
constexpr std::size_t kOrcRegisterOffset = 4;
constexpr unsigned kOrcSpRegisterMask = 0xf;
constexpr unsigned kOrcRegisterUndefined = 0;

// .orc_unwind_ip and .return_sites hold one 32-bit offset an entry.
constexpr std::uint64_t kSiteSize = 4;

// An address in a relocatable file: a section and an offset in it.
using Place = std::pair<std::uint32_t, std::uint64_t>;

const base::ElfObject::Section* find_section(const base::ElfObject& object, std::string_view name,
                                             std::uint32_t& index) {
  for (index = 0; index < object.sections().size(); ++index) {
    if (object.sections()[index].name == name) {
      return &object.sections()[index];
    }
  }
  return nullptr;
}

bool is_code(const base::ElfObject::Section& section) {
  return section.type == SHT_PROGBITS && (section.flags & SHF_ALLOC) != 0 &&
         (section.flags & SHF_EXECINSTR) != 0;
}

// For each place at which an ORC entry begins: does it say how to unwind?
base::Result<std::map<Place, bool>> orc_entries(const base::ElfObject& object) {
  std::map<Place, bool> entries;
  std::uint32_t ip_index = 0;
  std::uint32_t orc_index = 0;
  const auto* addresses = find_section(object, ".orc_unwind_ip", ip_index);
  const auto* orc = find_section(object, ".orc_unwind", orc_index);
  if (addresses == nullptr || orc == nullptr) {
    return entries;
  }
  if (addresses->size / kSiteSize != orc->contents.size() / kOrcEntrySize) {
    return std::unexpected(".orc_unwind and .orc_unwind_ip have different numbers of entries");
  }
  for (const auto& relocation : object.relocations(ip_index)) {
    const auto& symbol = object.symbols()[relocation.symbol];
    const std::size_t at = relocation.offset / kSiteSize * kOrcEntrySize + kOrcRegisterOffset;
    if (at >= orc->contents.size()) {
      return std::unexpected("an entry of .orc_unwind_ip has no counterpart in .orc_unwind");
    }
    const auto registers = static_cast<unsigned char>(orc->contents[at]);
    const Place place{symbol.section, symbol.value + static_cast<std::uint64_t>(relocation.addend)};
    // Where one function ends and the next begins, both have an entry. That of the beginning
    // counts.
    entries[place] |= (registers & kOrcSpRegisterMask) != kOrcRegisterUndefined;
  }
  return entries;
}

bool unwinds_at(const std::map<Place, bool>& entries, const Place& place) {
  auto next = entries.upper_bound(place);
  if (next == entries.begin()) {
    return false;
  }
  --next;
  return next->first.first == place.first && next->second;
}

}  // namespace

base::Result<ModuleCoverage> module_coverage(std::string_view module) {
  const base::ElfObject object = KMOD_TRY(base::ElfObject::parse(module));
  const std::map<Place, bool> entries = KMOD_TRY(orc_entries(object));
  ModuleCoverage coverage;
  for (const auto& symbol : object.symbols()) {
    const bool has_code = symbol.section < object.sections().size() && symbol.size > 0 &&
                          is_code(object.sections()[symbol.section]);
    if (symbol.type != STT_FUNC || !has_code) {
      continue;
    }
    if (unwinds_at(entries, {symbol.section, symbol.value})) {
      ++coverage.functions_with_orc;
    } else {
      coverage.functions_without_orc.emplace_back(symbol.name);
    }
  }
  for (std::uint32_t index = 0; index < object.sections().size(); ++index) {
    const auto& section = object.sections()[index];
    if (section.name == ".return_sites") {
      coverage.return_sites += section.size / kSiteSize;
    }
    if (is_code(section)) {
      for (const auto& relocation : object.relocations(index)) {
        coverage.return_thunks +=
            object.symbols()[relocation.symbol].name == "__x86_return_thunk" ? 1 : 0;
      }
    }
  }
  return coverage;
}

}  // namespace kmod::report
