// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Interprets the relocations of a relocatable object.
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_ELF_RELOCATIONS_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_ELF_RELOCATIONS_H_

#include <cstdint>
#include <string>

#include "kmod_rules/private/base/elf_object.h"
#include "kmod_rules/private/reproducibility/byte_difference.h"

namespace kmod::reproducibility {

// The function or variable at an offset, such as "Hello::create()"; empty if there is none.
[[nodiscard]] std::string symbol_at(const base::ElfObject& object, std::uint32_t section,
                                    std::uint64_t offset);

// Whether a relocation patches the byte at this offset.
[[nodiscard]] bool is_patched(const base::ElfObject& object, std::uint32_t section,
                              std::uint64_t offset);

// The function or variable that refers to an offset of the section, for example to a string of
// .rodata, which has no name. Empty if there is none.
[[nodiscard]] std::string user_of(const base::ElfObject& object, std::uint32_t section,
                                  std::uint64_t start);

// Whether the same relocations patch two sections. Symbols are compared by name, not by index.
[[nodiscard]] bool same_relocations(const base::ElfObject& first, std::uint32_t first_section,
                                    const base::ElfObject& second, std::uint32_t second_section);

// The first difference between the relocations of two sections.
[[nodiscard]] Lines explain_relocations(const base::ElfObject& first, std::uint32_t first_section,
                                        const base::ElfObject& second,
                                        std::uint32_t second_section);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_ELF_RELOCATIONS_H_
