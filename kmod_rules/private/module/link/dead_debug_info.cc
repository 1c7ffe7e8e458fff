// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/dead_debug_info.h"

#include <elf.h>
#include <fmt/core.h>

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"

namespace kmod::link {
namespace {

struct Address {
  std::uint64_t offset;  // in the file, bytes
  std::uint64_t value;
};

// Of DWARF 4, in which -1 begins a list with another base address.
bool is_list_of_ranges(std::string_view section) {
  return section == ".debug_ranges" || section == ".debug_loc";
}

base::Result<std::vector<Address>> dead_addresses(std::string_view bytes) {
  const auto object = KMOD_TRY(base::ElfObject::parse(bytes));
  std::vector<Address> addresses;
  for (std::uint32_t index = 0; index < object.sections().size(); ++index) {
    const base::ElfObject::Section& section = object.sections()[index];
    if (!section.name.starts_with(".debug_")) continue;
    const std::uint64_t value = is_list_of_ranges(section.name) ? 1 : UINT64_MAX;
    for (const base::ElfObject::Relocation& relocation : object.relocations(index)) {
      if (relocation.type != R_X86_64_NONE) continue;
      if (section.contents.size() < sizeof value ||
          relocation.offset > section.contents.size() - sizeof value) {
        return std::unexpected(fmt::format("has a relocation beyond the end of {}", section.name));
      }
      addresses.push_back({.offset = section.offset + relocation.offset, .value = value});
    }
  }
  return addresses;
}

}  // namespace

base::Status mark_dead_debug_info(std::string& object) {
  for (const Address& address : KMOD_TRY(dead_addresses(object))) {
    std::memcpy(object.data() + address.offset, &address.value, sizeof address.value);
  }
  return {};
}

}  // namespace kmod::link
