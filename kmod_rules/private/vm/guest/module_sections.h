// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_MODULE_SECTIONS_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_MODULE_SECTIONS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/wire/leak.h"
#include "kmod_rules/private/vm/wire/messages.h"

namespace kmod::vm {

using SectionSizes = std::map<std::string, std::uint64_t>;  // bytes, by the section's name

// The memory in which modules have been, to name an address when the module is gone.
class ModuleSections {
 public:
  // `sections` comes from the kernel, `sizes` from the module's file.
  void add(const std::string& module, const std::vector<ModuleSectionsMessage::Section>& sections,
           const SectionSizes& sizes);

  // Forgets the sections that the kernel frees once a module is initialized: an unknown module may
  // have been there since.
  void forget_initialization();

  // The kernel may put a module where another one was, most often one initialization where another
  // one was. Then the section is the later module's, and the name has both, such as "later or
  // lossy".
  [[nodiscard]] ModuleAddress locate(std::uint64_t address) const;

 private:
  struct Section {
    std::string module;
    std::string name;
    std::uint64_t begin = 0;
    std::uint64_t size = 0;
  };
  std::vector<Section> sections_;
};

// The allocated sections of a module's file.
//
// Errors: what is wrong with the file, without its name.
[[nodiscard]] base::Result<SectionSizes> section_sizes(std::string_view ko);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_MODULE_SECTIONS_H_
