// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/elf_sections.h"

#include <elf.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>

#include "kmod_rules/private/reproducibility/elf_relocations.h"

namespace kmod::reproducibility {
namespace {

bool is_relocations(const base::ElfObject::Section& section) {
  return section.type == SHT_RELA || section.type == SHT_REL;
}

bool is_debug(std::string_view name) {
  return name.starts_with(".debug_") || name.starts_with(".BTF");
}

// The name of a section and the number of earlier sections of that name.
using Key = std::pair<std::string_view, int>;

std::vector<std::pair<Key, std::uint32_t>> keys_of(const base::ElfObject& object) {
  std::map<std::string_view, int> seen;
  std::vector<std::pair<Key, std::uint32_t>> keys;
  // Section 0 is the reserved null section.
  for (std::uint32_t index = 1; index < object.sections().size(); ++index) {
    const std::string_view name = object.sections()[index].name;
    keys.emplace_back(Key{name, seen[name]++}, index);
  }
  return keys;
}

bool equal(const base::ElfObject& first, std::uint32_t first_index, const base::ElfObject& second,
           std::uint32_t second_index) {
  const base::ElfObject::Section& left = first.sections()[first_index];
  const base::ElfObject::Section& right = second.sections()[second_index];
  // The same index of a symbol may mean another symbol.
  if (is_relocations(left) && is_relocations(right) && left.info < first.sections().size() &&
      right.info < second.sections().size() &&
      !same_relocations(first, left.info, second, right.info)) {
    return false;
  }
  return left.type == right.type && left.flags == right.flags && left.address == right.address &&
         left.size == right.size && left.contents == right.contents;
}

}  // namespace

SectionKind kind_of(const base::ElfObject& object, std::uint32_t section) {
  const base::ElfObject::Section& it = object.sections()[section];
  if (it.name == ".note.gnu.build-id") return SectionKind::kBuildId;
  if (it.allocated()) return SectionKind::kLoaded;
  const bool of_other = is_relocations(it) && it.info < object.sections().size();
  const base::ElfObject::Section& base = of_other ? object.sections()[it.info] : it;
  if (is_debug(base.name)) return SectionKind::kDebug;
  return of_other && base.allocated() ? SectionKind::kRelocations : SectionKind::kTables;
}

std::vector<SectionPair> different_sections(const base::ElfObject& first,
                                            const base::ElfObject& second) {
  std::map<Key, std::uint32_t> others;
  for (const auto& [key, index] : keys_of(second)) others.emplace(key, index);
  std::vector<SectionPair> pairs;
  for (const auto& [key, index] : keys_of(first)) {
    SectionPair pair{std::string(key.first), kind_of(first, index), index, std::nullopt};
    if (const auto found = others.find(key); found != others.end()) {
      pair.second = found->second;
      others.erase(found);
    }
    if (!pair.second || !equal(first, index, second, *pair.second)) {
      pairs.push_back(std::move(pair));
    }
  }
  for (const auto& [key, index] : others) {
    pairs.push_back({std::string(key.first), kind_of(second, index), std::nullopt, index});
  }
  // Sections that only the second file has come last of their kind.
  std::ranges::sort(pairs, {}, [&](const SectionPair& pair) {
    return std::pair(
        pair.kind, pair.first ? std::size_t{*pair.first} : first.sections().size() + *pair.second);
  });
  return pairs;
}

}  // namespace kmod::reproducibility
