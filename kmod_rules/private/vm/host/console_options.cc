// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/console_options.h"

#include <fmt/core.h>

#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>

#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

constexpr std::uint16_t kDefaultGdbPort = 1234;
// One message of the channel has to hold it.
constexpr std::size_t kMaxCommand = 60'000;

base::FlagSetter share_directory(std::optional<Share>& target,
                                 const std::filesystem::path& working_directory) {
  return [&target, working_directory](const std::string& value) -> base::Status {
    Share share;
    std::string directory = value;
    if (directory.ends_with(":ro")) {
      share.read_only = true;
      directory.resize(directory.size() - 3);
    }
    if (directory.empty()) return std::unexpected("has to name a directory, as DIR or DIR:ro");
    std::error_code error;
    const auto path = std::filesystem::canonical(working_directory / directory, error);
    if (error) return std::unexpected(fmt::format("cannot be shared: {}", error.message()));
    if (!std::filesystem::is_directory(path)) return std::unexpected("is not a directory");
    share.directory = path;
    target = std::move(share);
    return {};
  };
}

base::FlagSetter gdb_port(std::optional<std::uint16_t>& target) {
  return [&target](const std::string& value) -> base::Status {
    target = value.empty() ? kDefaultGdbPort : base::parse_number<std::uint16_t>(value);
    if (target) return {};
    return std::unexpected("has to be a port from 1 to 65535, or 0 for any that is free");
  };
}

base::FlagSetter guest_command(std::optional<std::string>& target) {
  return [&target](const std::string& value) -> base::Status {
    if (value.size() > kMaxCommand) {
      return std::unexpected(
          fmt::format("is longer than {} bytes; put it into a script in a directory that --share "
                      "gives",
                      kMaxCommand));
    }
    return base::text(target.emplace())(value);
  };
}

base::FlagSetter debug_files(std::vector<DebugFile>& target) {
  return base::pair(':', [&target](std::string module, const std::string& file) -> base::Status {
    std::error_code error;
    const auto path = std::filesystem::canonical(file, error);
    if (error) return std::unexpected(fmt::format("cannot be read: {}", error.message()));
    target.push_back({std::move(module), path});
    return {};
  });
}

}  // namespace

base::Flags console_flags(ConsoleOptions& options, const std::string& working_directory) {
  base::Flags flags(
      "vm_console",
      "Boots a kernel in QEMU, loads modules, and gives a shell. The VM keeps no changes.");
  // A test's VM may end with a warning; a VM that a person or a debugger uses has to outlive
  // warnings and long stops. The arguments of the rule and of the user follow, and the last counts.
  options.machine.kernel_arguments = {"panic_on_warn=0", "softlockup_panic=0", "hung_task_panic=0"};
  flags.add({"share", "DIR[:ro]",
             "the guest has this directory of the host as /share; with :ro it cannot write to it"},
            share_directory(options.share, working_directory));
  flags.add({"command", "TEXT",
             "run this by the guest's /bin/sh instead of an interactive shell, print its output,\n"
             "and exit with its status"},
            guest_command(options.command));
  flags.add_optional_value(
      {"gdb", "PORT",
       "listen for a debugger on 127.0.0.1:PORT, by default 1234, 0 for any free port, and print\n"
       "how to start gdb or lldb with the modules' symbols"},
      gdb_port(options.machine.gdb_port));
  flags.add_switch("gdb-wait",
                   "as --gdb, and load the modules only after Enter, to debug their init",
                   options.gdb_wait);
  add_machine_flags(flags, options.machine);
  flags.add(
      {"virtiofsd", "PROGRAM", "the server of --share; the rule sets it", base::FlagCount::kOnce},
      base::text(options.virtiofsd));
  flags.add({"symbols", "MODULE:FILE", "a module and its .ko with debug information",
             base::FlagCount::kAny},
            debug_files(options.symbols));
  flags.set_epilogue(
      "In the shell, exit or poweroff ends the VM, and Ctrl-A X does so at any time. Ctrl-A C\n"
      "changes to QEMU's monitor and back, Ctrl-A Ctrl-A sends a Ctrl-A.\n"
      "The exit status is the shell's or the command's, or 125 if the VM itself failed.");
  return flags;
}

void complete_options(ConsoleOptions& options) {
  if (options.gdb_wait && !options.machine.gdb_port) options.machine.gdb_port = kDefaultGdbPort;
  options.machine.monitor = !options.command;
  options.machine.share = options.share.has_value();
}

}  // namespace kmod::vm
