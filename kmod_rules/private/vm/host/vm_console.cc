// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Boots a kernel with modules in a VM and gives a shell in it.

#include <fmt/core.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/vm/host/console_options.h"
#include "kmod_rules/private/vm/host/console_session.h"
#include "kmod_rules/private/vm/host/debugger.h"
#include "kmod_rules/private/vm/verdict/guest_check.h"

namespace kmod::vm {
namespace {

// As of docker run and timeout, to tell it from the status of what ran inside.
constexpr int kOwnFailure = 125;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

base::Result<int> run_console(ConsoleOptions& options) {
  complete_options(options);
  std::optional<std::uint16_t>& port = options.machine.gdb_port;
  if (port) port = KMOD_TRY(find_gdb_port(*port));
  for (int boot = 1;; ++boot) {
    ConsoleSession session(options, environment("TERM"), environment("BUILD_WORKSPACE_DIRECTORY"));
    base::Result<int> status = session.run();
    if (!session.lost_timer() || boot == kMaxBoots) return status;
    fmt::print(stderr, "vm_console: {}", kBootsAgain);
  }
}

}  // namespace
}  // namespace kmod::vm

int main(int argc, char** argv) {
  kmod::vm::ConsoleOptions options;
  // `bazel run` starts programs in their runfiles and tells the user's directory by this variable.
  const auto flags =
      kmod::vm::console_flags(options, kmod::vm::environment("BUILD_WORKING_DIRECTORY"));
  return kmod::base::run_program(
      flags, argc, argv, [&options] { return kmod::vm::run_console(options); },
      {.failure = kmod::vm::kOwnFailure, .usage = kmod::vm::kOwnFailure});
}
