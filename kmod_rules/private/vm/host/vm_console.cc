// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Boots a kernel with modules in a virtual machine and gives a shell in it; console_options.h has
// the command line.

#include <cstdio>
#include <cstdlib>
#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "kmod_rules/private/vm/host/console_options.h"
#include "kmod_rules/private/vm/host/console_session.h"
#include "kmod_rules/private/vm/host/gdb_port.h"

namespace kmod::vm {
namespace {

// As docker run and timeout have it: not to be taken for the status of what ran inside.
constexpr int kOwnFailure = 125;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::expected<int, std::string> run_console(std::vector<std::string> command_line) {
  // `bazel run` starts programs in their runfiles and says here where the user was.
  auto options =
      parse_console_options(std::move(command_line), environment("BUILD_WORKING_DIRECTORY"));
  if (!options) return std::unexpected(options.error());
  if (options->help) {
    std::fwrite(kConsoleHelp.data(), 1, kConsoleHelp.size(), stdout);
    return 0;
  }
  if (options->gdb_port) {
    const auto port = find_gdb_port(*options->gdb_port);
    if (!port) return std::unexpected(port.error());
    options->gdb_port = *port;
  }
  ConsoleSession session(*options, environment("TERM"), environment("BUILD_WORKSPACE_DIRECTORY"));
  return session.run();
}

}  // namespace
}  // namespace kmod::vm

int main(int argc, char** argv) {
  const auto status = kmod::vm::run_console({argv + 1, argv + argc});
  if (status) return *status;
  std::fprintf(stderr, "vm_console: %s\n", status.error().c_str());
  return kmod::vm::kOwnFailure;
}
