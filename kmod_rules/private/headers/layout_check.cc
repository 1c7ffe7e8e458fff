// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/layout_check.h"

#include <fmt/format.h>

#include "kmod_rules/private/base/process.h"

namespace kmod::headers {

base::Status check_layout(const LayoutCheck& check) {
  base::Command command;
  command.arguments = {
      check.clang, "-x", "c++", "--target=x86_64-linux-gnu", "-std=c++23", "--no-default-config",
      "-no-canonical-prefixes", "-fsyntax-only", "-ferror-limit=5", "-fno-caret-diagnostics",
      // Only to keep Clang from looking for a GCC of the host.
      "--sysroot=" + check.resource_directory, "-resource-dir", check.resource_directory};
  command.arguments.insert(command.arguments.end(), check.cxx_flags.begin(), check.cxx_flags.end());
  command.arguments.insert(command.arguments.end(),
                           {"-w", "-ffreestanding", "-fno-exceptions", "-fno-rtti", "-nostdinc++",
                            "-nostdlibinc", "-isystem", check.headers, check.source});
  command.environment = {"LC_ALL=C"};
  const base::ProcessResult result = KMOD_TRY(base::run_process(command));
  if (result.succeeded()) return {};
  return std::unexpected(
      fmt::format("the headers in C++ are not what they are in C, so no code may be compiled with "
                  "them. This is a fault of rules_kmod: report it with these lines.\n{}",
                  result.output));
}

}  // namespace kmod::headers
