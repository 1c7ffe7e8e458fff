// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_GDB_RECIPE_H_
#define KMOD_RULES_PRIVATE_VM_HOST_GDB_RECIPE_H_

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/wire/messages.h"

namespace kmod::vm {

// A module in the guest's memory.
struct DebuggedModule {
  std::string file;  // with debug information, absolute
  std::vector<ModuleSectionsMessage::Section> sections;
};

// Where the debugger finds what.
struct DebugSession {
  std::uint16_t port = 0;
  std::string workspace;  // that the paths of the debug information begin in; may be empty
};

// One line for a shell that attaches gdb and knows the modules' symbols.
[[nodiscard]] std::string gdb_recipe(const DebugSession& session,
                                     const std::vector<DebuggedModule>& modules);

// The same for lldb.
[[nodiscard]] std::string lldb_recipe(const DebugSession& session,
                                      const std::vector<DebuggedModule>& modules);

// One line for a shell that attaches gdb before the module in `file` is loaded, and stops between
// its load and its init, with its symbols. `do_init_module` is the address of the kernel's
// function; its argument is the module's descriptor, of which the file's own debug information
// tells the layout.
//
// Errors: `file` cannot be read, is no module, or has no init_module.
[[nodiscard]] std::expected<std::string, std::string> gdb_wait_recipe(const DebugSession& session,
                                                                      const std::string& file,
                                                                      std::uint64_t do_init_module);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_GDB_RECIPE_H_
