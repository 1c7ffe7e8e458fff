// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/layout_check.h"

#include <fmt/format.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::headers {

base::Status check_layout(const LayoutCheck& check) {
  base::Command command;
  command.arguments = {
      check.clang, "-x", "c++", "--target=x86_64-linux-gnu", "-std=c++23", "--no-default-config",
      "-no-canonical-prefixes", "-fsyntax-only", "-ferror-limit=100", "-fno-caret-diagnostics",
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

std::set<std::string> lines_with_errors(std::string_view output) {
  std::set<std::string> lines;
  for (const std::string_view line : base::split_lines(output)) {
    const std::size_t end = line.find(": error: ");
    if (end == std::string_view::npos) continue;
    const std::vector<std::string_view> place = base::split(line.substr(0, end), ':');
    if (place.size() >= 2) lines.insert(fmt::format("{}:{}", place[0], place[1]));
  }
  return lines;
}

}  // namespace kmod::headers
