// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/elf_relocations.h"

#include <elf.h>

#include <cstddef>
#include <vector>

#include "kmod_rules/private/base/demangler.h"
#include "kmod_rules/private/reproducibility/byte_difference.h"

namespace kmod::reproducibility {
namespace {

// The most frequent types in kernel modules and static programs.
struct RelocationType {
  const char* name;
  std::uint32_t type;
  std::uint64_t size;     // bytes that it patches
  std::int64_t distance;  // from the patched bytes to the base of the address
};
constexpr RelocationType kTypes[] = {
    {"R_X86_64_64", R_X86_64_64, 8, 0},           {"R_X86_64_PC64", R_X86_64_PC64, 8, 0},
    {"R_X86_64_PC32", R_X86_64_PC32, 4, 4},       {"R_X86_64_PLT32", R_X86_64_PLT32, 4, 4},
    {"R_X86_64_32", R_X86_64_32, 4, 0},           {"R_X86_64_32S", R_X86_64_32S, 4, 0},
    {"R_X86_64_TPOFF32", R_X86_64_TPOFF32, 4, 0},
};

RelocationType type_of(std::uint32_t type) {
  for (const RelocationType& known : kTypes) {
    if (known.type == type) return known;
  }
  return {nullptr, type, 4, 0};
}

std::string type_name(std::uint32_t type) {
  const char* const name = type_of(type).name;
  return name != nullptr ? name : "relocation of type " + std::to_string(type);
}

std::string describe(const base::ElfObject& object, const base::ElfObject::Relocation* relocation) {
  if (relocation == nullptr) return "none";
  const base::ElfObject::Symbol& symbol = object.symbols()[relocation->symbol];
  std::string name(symbol.name);
  // The symbol of a section has no name.
  if (name.empty() && symbol.section < object.sections().size()) {
    name = object.sections()[symbol.section].name;
  }
  return type_name(relocation->type) + " at " + hexadecimal(relocation->offset) + " to " + name +
         (relocation->addend < 0 ? "" : "+") + std::to_string(relocation->addend);
}

// The position of the first relocation that is not in both, or the length of the shorter list.
std::size_t first_different(const base::ElfObject& first,
                            const std::vector<base::ElfObject::Relocation>& left,
                            const base::ElfObject& second,
                            const std::vector<base::ElfObject::Relocation>& right) {
  std::size_t at = 0;
  while (at < left.size() && at < right.size() &&
         describe(first, &left[at]) == describe(second, &right[at])) {
    ++at;
  }
  return at;
}

}  // namespace

std::string symbol_at(const base::ElfObject& object, std::uint32_t section, std::uint64_t offset) {
  const base::ElfObject::Symbol* symbol = object.enclosing(section, offset);
  if (symbol == nullptr || symbol->name.empty()) return {};
  return base::describe_referrer(symbol->name, symbol->type == STT_FUNC);
}

bool is_patched(const base::ElfObject& object, std::uint32_t section, std::uint64_t offset) {
  for (const base::ElfObject::Relocation& relocation : object.relocations(section)) {
    if (offset >= relocation.offset && offset - relocation.offset < type_of(relocation.type).size) {
      return true;
    }
  }
  return false;
}

std::string user_of(const base::ElfObject& object, std::uint32_t section, std::uint64_t start) {
  for (std::uint32_t from = 0; from < object.sections().size(); ++from) {
    if (!object.sections()[from].allocated()) continue;
    for (const base::ElfObject::Relocation& relocation : object.relocations(from)) {
      const base::ElfObject::Symbol& symbol = object.symbols()[relocation.symbol];
      const std::uint64_t target = symbol.value + static_cast<std::uint64_t>(relocation.addend) +
                                   static_cast<std::uint64_t>(type_of(relocation.type).distance);
      if (symbol.section != section || target != start) continue;
      if (std::string user = symbol_at(object, from, relocation.offset); !user.empty()) return user;
    }
  }
  return {};
}

bool same_relocations(const base::ElfObject& first, std::uint32_t first_section,
                      const base::ElfObject& second, std::uint32_t second_section) {
  const auto& left = first.relocations(first_section);
  const auto& right = second.relocations(second_section);
  return left.size() == right.size() && first_different(first, left, second, right) == left.size();
}

Lines explain_relocations(const base::ElfObject& first, std::uint32_t first_section,
                          const base::ElfObject& second, std::uint32_t second_section) {
  const auto& left = first.relocations(first_section);
  const auto& right = second.relocations(second_section);
  const std::size_t at = first_different(first, left, second, right);
  if (at == left.size() && at == right.size()) {
    return {"every relocation is the same, but symbols have other numbers"};
  }
  const auto* in_first = at < left.size() ? &left[at] : nullptr;
  const auto* in_second = at < right.size() ? &right[at] : nullptr;
  std::string symbol;
  if (in_first != nullptr) {
    symbol = symbol_at(first, first_section, in_first->offset);
  } else if (in_second != nullptr) {
    symbol = symbol_at(second, second_section, in_second->offset);
  }
  return {"relocation " + std::to_string(at) + (symbol.empty() ? "" : ", in " + symbol),
          "first:  " + describe(first, in_first), "second: " + describe(second, in_second)};
}

}  // namespace kmod::reproducibility
