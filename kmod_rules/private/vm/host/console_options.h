// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_CONSOLE_OPTIONS_H_
#define KMOD_RULES_PRIVATE_VM_HOST_CONSOLE_OPTIONS_H_

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/vm/host/runner_options.h"

namespace kmod::vm {

// A folder of the host that the guest has, too.
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
  RunnerOptions machine;  // without expectations
  std::string virtiofsd;  // the program that serves a share
  std::vector<DebugFile> symbols;
  std::optional<Share> share;
  std::optional<std::uint16_t> gdb_port;  // 0: any that is free
  bool gdb_wait = false;
  std::optional<std::string> command;
  bool help = false;
};

// What --help prints.
extern const std::string_view kConsoleHelp;

// Understands the command line: kConsoleHelp has what is for users, and the launcher that the rule
// kernel_vm writes gives besides --qemu, --qemu-data, --qemu-modules, --kernel, --initramfs and
// --module of runner_options.h, --virtiofsd=<program>, and --symbols=<module>:<file> for each
// module. Relative folders are taken from `working_directory`.
//
// Errors: an argument that is unknown, malformed, out of its range or missing, or a folder or file
// that is not there; the message says what is possible.
[[nodiscard]] std::expected<ConsoleOptions, std::string> parse_console_options(
    std::vector<std::string> command_line, const std::string& working_directory);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_CONSOLE_OPTIONS_H_
