// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/console_options.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

namespace kmod::vm {

const std::string_view kConsoleHelp =
    R"(Boots a kernel in QEMU, loads modules, and gives a shell. Nothing is kept when it ends.

  --share=DIR[:ro]   the guest has this folder of the host as /share; with :ro it cannot write to it
  --command=TEXT     run this by the guest's /bin/sh instead of an interactive shell, print what it
                     writes, and exit with its status
  --gdb[=PORT]       listen for a debugger on 127.0.0.1:PORT, by default 1234, 0 for any free port,
                     and print how to start gdb or lldb with the modules' symbols
  --gdb-wait         as --gdb, and load the modules only after Enter, to debug their init
  --kernel-arg=TEXT  a further argument for the kernel (repeatable)
  --cpus=COUNT       processors
  --memory-mib=SIZE  memory
  --accel=tcg|kvm    emulation, which always works, or the host's processor
  --help             this text

In the shell, exit or poweroff ends the machine, as Ctrl-A X does at any time. Ctrl-A C changes to
QEMU's monitor and back, Ctrl-A Ctrl-A sends a Ctrl-A.
The exit status is the shell's or the command's, or 125 if the machine itself failed.
)";

namespace {

using Status = std::expected<void, std::string>;

constexpr std::uint16_t kDefaultGdbPort = 1234;
// A message of the channel has to hold it.
constexpr std::size_t kMaxCommand = 60'000;

// A test's machine may end with a warning; one with a person or a debugger in front of it must
// outlive it, and a long stop. Arguments that were asked for come behind these, and the last
// counts.
constexpr const char* kKernelArguments[] = {"panic_on_warn=0", "softlockup_panic=0",
                                            "hung_task_panic=0"};

// These stand without a value.
constexpr std::string_view kFlags[] = {"--gdb", "--gdb-wait", "--help"};

constexpr std::string_view kMachineOptions[] = {"accel",      "cpus",        "initramfs",  "kernel",
                                                "kernel-arg", "module",      "memory-mib", "qemu",
                                                "qemu-data",  "qemu-modules"};

std::unexpected<std::string> wrong(const base::Argument& argument, const std::string& what) {
  return std::unexpected("--" + argument.name + "=" + argument.value + ": " + what);
}

Status set_share(const base::Argument& argument, const std::filesystem::path& working_directory,
                 std::optional<Share>& target) {
  Share share;
  std::string directory = argument.value;
  if (directory.ends_with(":ro")) {
    share.read_only = true;
    directory.resize(directory.size() - 3);
  }
  if (directory.empty()) return wrong(argument, "name a folder of this machine, as DIR or DIR:ro");
  if (target)
    return wrong(argument, "there is one share; it was already given as " + target->directory);
  std::error_code error;
  const auto path = std::filesystem::canonical(working_directory / directory, error);
  if (error) return wrong(argument, "there is no such folder: " + error.message());
  if (!std::filesystem::is_directory(path)) return wrong(argument, "is no folder");
  share.directory = path;
  target = std::move(share);
  return {};
}

Status set_port(const base::Argument& argument, std::optional<std::uint16_t>& target) {
  std::uint16_t port = kDefaultGdbPort;
  const char* const end = argument.value.data() + argument.value.size();
  if (!argument.value.empty()) {
    const auto [stop, error] = std::from_chars(argument.value.data(), end, port);
    if (error != std::errc() || stop != end) {
      return wrong(argument, "has to be a port from 1 to 65535, or 0 for any that is free");
    }
  }
  target = port;
  return {};
}

Status set_command(const base::Argument& argument, std::optional<std::string>& target) {
  if (argument.value.empty()) return wrong(argument, "an empty command does nothing");
  if (argument.value.size() > kMaxCommand) {
    return std::unexpected("--command: the text is longer than " + std::to_string(kMaxCommand) +
                           " bytes; put it into a script in a folder that --share gives");
  }
  target = argument.value;
  return {};
}

Status add_symbols(const base::Argument& argument, std::vector<DebugFile>& target) {
  const std::size_t colon = argument.value.find(':');
  if (colon == 0 || colon == std::string::npos) {
    return wrong(argument, "is not of the form <module>:<file>");
  }
  std::error_code error;
  const auto file = std::filesystem::canonical(argument.value.substr(colon + 1), error);
  if (error) return wrong(argument, error.message());
  target.push_back({argument.value.substr(0, colon), file});
  return {};
}

Status apply(const base::Argument& argument, const std::string& working_directory,
             ConsoleOptions& options) {
  const std::string& name = argument.name;
  if (name == "share") return set_share(argument, working_directory, options.share);
  if (name == "gdb") return set_port(argument, options.gdb_port);
  if (name == "command") return set_command(argument, options.command);
  if (name == "symbols") return add_symbols(argument, options.symbols);
  if (name == "virtiofsd") {
    options.virtiofsd = argument.value;
    return {};
  }
  if (name == "gdb-wait" || name == "help") {
    if (!argument.value.empty()) return wrong(argument, "takes no value");
    (name == "help" ? options.help : options.gdb_wait) = true;
    return {};
  }
  return wrong(argument, "is unknown; --help lists what there is");
}

}  // namespace

std::expected<ConsoleOptions, std::string> parse_console_options(
    std::vector<std::string> command_line, const std::string& working_directory) {
  for (std::string& text : command_line) {
    if (std::ranges::find(kFlags, text) != std::end(kFlags)) text += "=";
  }
  const auto arguments = base::parse_arguments(command_line);
  if (!arguments) return std::unexpected(arguments.error() + "; --help lists what there is");
  ConsoleOptions options;
  std::vector<base::Argument> machine;
  for (const base::Argument& argument : *arguments) {
    if (std::ranges::find(kMachineOptions, argument.name) != std::end(kMachineOptions)) {
      machine.push_back(argument);
    } else if (const Status status = apply(argument, working_directory, options); !status) {
      return std::unexpected(status.error());
    }
  }
  if (options.help) return options;
  auto parsed = parse_runner_options(machine);
  if (!parsed) return std::unexpected(parsed.error());
  options.machine = std::move(*parsed);
  options.machine.kernel_arguments.insert(options.machine.kernel_arguments.begin(),
                                          std::begin(kKernelArguments), std::end(kKernelArguments));
  if (options.virtiofsd.empty()) return std::unexpected("--virtiofsd=<program> is missing");
  if (options.gdb_wait && !options.gdb_port) options.gdb_port = kDefaultGdbPort;
  return options;
}

}  // namespace kmod::vm
