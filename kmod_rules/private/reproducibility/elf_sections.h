// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_ELF_SECTIONS_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_ELF_SECTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"

namespace kmod::reproducibility {

// Kinds of sections; a difference in an earlier kind matters more.
enum class SectionKind {
  kLoaded,
  kRelocations,  // of a loaded section
  kBuildId,      // a hash of all others
  kTables,       // symbols, names, comments
  kDebug,
};

[[nodiscard]] SectionKind kind_of(const base::ElfObject& object, std::uint32_t section);

// Two sections of the same name, or a section of only one file.
struct SectionPair {
  std::string name;
  SectionKind kind = SectionKind::kLoaded;
  std::optional<std::uint32_t> first;  // index in the first file
  std::optional<std::uint32_t> second;
};

// The sections that differ, by kind and then in the order of the first file. Sections of the same
// name are paired in order.
[[nodiscard]] std::vector<SectionPair> different_sections(const base::ElfObject& first,
                                                          const base::ElfObject& second);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_ELF_SECTIONS_H_
