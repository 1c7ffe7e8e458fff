// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/module_sections.h"

#include <ranges>
#include <set>

#include "kmod_rules/private/base/elf_object.h"

namespace kmod::vm {

void ModuleSections::add(const std::string& module,
                         const std::vector<ModuleSectionsMessage::Section>& sections,
                         const SectionSizes& sizes) {
  for (const auto& [name, begin] : sections) {
    const auto size = sizes.find(name);
    if (size != sizes.end() && begin != 0) sections_.push_back({module, name, begin, size->second});
  }
}

void ModuleSections::forget_initialization() {
  std::erase_if(sections_,
                [](const Section& section) { return section.name.starts_with(".init."); });
}

ModuleAddress ModuleSections::locate(std::uint64_t address) const {
  ModuleAddress place = {"", "", 0, address};
  std::set<std::string> modules;
  for (const Section& section : std::views::reverse(sections_)) {
    // The return address of a call that never returns may be the first one after a section.
    if (address < section.begin || address - section.begin > section.size) continue;
    if (place.module.empty()) {
      place = {section.module, section.name, address - section.begin, address};
      modules.insert(section.module);
    } else if (modules.insert(section.module).second) {
      place.module += " or " + section.module;
    }
  }
  return place;
}

base::Result<SectionSizes> section_sizes(std::string_view ko) {
  const auto object = base::ElfObject::parse(ko);
  if (!object) return std::unexpected(object.error());
  SectionSizes sizes;
  for (const base::ElfObject::Section& section : object->sections()) {
    if (section.allocated()) sizes.emplace(section.name, section.size);
  }
  return sizes;
}

}  // namespace kmod::vm
