// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_LOADED_MODULE_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_LOADED_MODULE_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/wire/messages.h"

namespace kmod::vm {

// Whether /proc/modules lists the module.
[[nodiscard]] bool is_module_loaded(const std::string& module);

// How often each loaded module is in use, by its name, from /proc/modules.
[[nodiscard]] std::map<std::string, std::uint64_t> module_references();

// The addresses of its sections, from /sys/module/<module>/sections, which only root can read.
// Empty for a kernel without CONFIG_KALLSYMS.
[[nodiscard]] std::vector<ModuleSectionsMessage::Section> module_sections(
    const std::string& module);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_LOADED_MODULE_H_
