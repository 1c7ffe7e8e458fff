// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/kbuild_steps.h"

#include <fmt/core.h>

#include "kmod_rules/private/base/text.h"

namespace kmod::kbuild {
namespace {

constexpr std::string_view kVariable = "variable ";
constexpr std::string_view kStep = "step ";
constexpr std::string_view kArgument = "argument ";

std::string rest(std::string_view line, std::string_view begin) {
  std::string text(line.substr(begin.size()));
  base::replace_all(text, "\001", "\n");
  return text;
}

}  // namespace

base::Result<KbuildSteps> parse_steps(std::string_view text, const KbuildPaths& paths) {
  std::string replaced(text);
  base::replace_all(replaced, "@MODULE@", paths.module);
  base::replace_all(replaced, "@KERNEL@", paths.kernel_root);
  base::replace_all(replaced, "@TOOLS@", paths.tools_root);
  KbuildSteps steps;
  for (const std::string_view line : base::split_lines(replaced)) {
    const std::size_t equals = line.find('=');
    if (line.starts_with(kVariable) && equals != std::string_view::npos) {
      steps.variables[std::string(line.substr(kVariable.size(), equals - kVariable.size()))] =
          rest(line, line.substr(0, equals + 1));
    } else if (line.starts_with(kStep)) {
      steps.steps.push_back({.directory = rest(line, kStep), .arguments = {}});
    } else if (line.starts_with(kArgument) && !steps.steps.empty()) {
      steps.steps.back().arguments.push_back(rest(line, kArgument));
    } else {
      return std::unexpected(
          fmt::format("{} of the kernel has the line \"{}\", which its fetch does not write",
                      kStepsFile, line));
    }
  }
  return steps;
}

}  // namespace kmod::kbuild
