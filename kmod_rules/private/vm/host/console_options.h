// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_CONSOLE_OPTIONS_H_
#define KMOD_RULES_PRIVATE_VM_HOST_CONSOLE_OPTIONS_H_

#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/vm/host/machine.h"

namespace kmod::vm {

// A directory of the host that the guest has, too.
struct Share {
  std::string directory;  // absolute
  bool read_only = false;

  bool operator==(const Share&) const = default;
};

// A module of the guest, with the file that a debugger reads.
struct DebugFile {
  std::string module;
  std::string file;  // absolute

  bool operator==(const DebugFile&) const = default;
};

// What vm_console is asked to do.
struct ConsoleOptions {
  Machine machine;
  std::string virtiofsd;  // the program that serves a share
  std::vector<DebugFile> symbols;
  std::optional<Share> share;
  bool gdb_wait = false;
  std::optional<std::string> command;
};

// The command line of vm_console. The flags set `options`, which has to be new; relative
// directories of the user start at `working_directory`.
[[nodiscard]] base::Flags console_flags(ConsoleOptions& options,
                                        const std::string& working_directory);

// Sets the options that follow from others. To be called once the flags are parsed.
void complete_options(ConsoleOptions& options);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_CONSOLE_OPTIONS_H_
