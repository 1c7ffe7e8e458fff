// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_DEBUGGER_H_
#define KMOD_RULES_PRIVATE_VM_HOST_DEBUGGER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/wire/messages.h"

namespace kmod::vm {

// A module in the guest's memory.
struct DebuggedModule {
  std::string file;  // with debug information, absolute
  std::vector<ModuleSectionsMessage::Section> sections;
};

// Where the debugger finds QEMU and the sources.
struct DebugSession {
  std::uint16_t port = 0;
  std::string workspace;  // where the paths of the debug information begin; may be empty
};

// One line for a shell that attaches gdb and knows the modules' symbols.
[[nodiscard]] std::string gdb_recipe(const DebugSession& session,
                                     const std::vector<DebuggedModule>& modules);

// The same for lldb.
[[nodiscard]] std::string lldb_recipe(const DebugSession& session,
                                      const std::vector<DebuggedModule>& modules);

// One line for a shell that attaches gdb before the module in `file` is loaded and stops between
// its load and its init, with its symbols. `do_init_module` is the address of the kernel's
// function; its argument is the module's descriptor, whose layout is in the debug information of
// `file`.
//
// Errors: `file` cannot be read, is not a module, or has no init_module.
[[nodiscard]] base::Result<std::string> gdb_wait_recipe(const DebugSession& session,
                                                        const std::string& file,
                                                        std::uint64_t do_init_module);

// `wanted`, if a server can listen there on 127.0.0.1, or for 0 a port that is free now. QEMU takes
// the port itself a moment later.
//
// Errors: the port is in use or not allowed; the message says how to choose another.
[[nodiscard]] base::Result<std::uint16_t> find_gdb_port(std::uint16_t wanted);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_DEBUGGER_H_
