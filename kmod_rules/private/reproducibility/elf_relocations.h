// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What relocations say about a place in a relocatable object.
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_ELF_RELOCATIONS_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_ELF_RELOCATIONS_H_

#include <cstdint>
#include <string>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/reproducibility/report_lines.h"

namespace kmod::reproducibility {

// "Hello::create()" for the function or variable there; empty where there is none.
[[nodiscard]] std::string symbol_at(const base::ElfObject& object, std::uint32_t section,
                                    std::uint64_t offset);

// Does a relocation patch the byte at this offset?
[[nodiscard]] bool is_patched(const base::ElfObject& object, std::uint32_t section,
                              std::uint64_t offset);

// The function or variable that refers to `start`, an offset of the section: who uses a string of
// .rodata, which has no name of its own. Empty where there is none.
[[nodiscard]] std::string user_of(const base::ElfObject& object, std::uint32_t section,
                                  std::uint64_t start);

// Do the same relocations patch these two sections? Symbols count by name, not by number.
[[nodiscard]] bool same_relocations(const base::ElfObject& first, std::uint32_t first_section,
                                    const base::ElfObject& second, std::uint32_t second_section);

// The first relocation that is another one, of those that patch these two sections.
[[nodiscard]] Lines explain_relocations(const base::ElfObject& first, std::uint32_t first_section,
                                        const base::ElfObject& second,
                                        std::uint32_t second_section);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_ELF_RELOCATIONS_H_
