// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/demangler.h"

#include <string_view>

#include "kmod_rules/private/base/demangle.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::vm {

std::expected<void, std::string> Demangler::demangle(const std::vector<std::string*>& names) const {
  std::vector<std::string*> mangled;
  std::vector<std::string> command = {program_};
  for (std::string* name : names) {
    if (!base::is_mangled(*name)) continue;
    mangled.push_back(name);
    command.push_back(*name);
  }
  if (mangled.empty()) return {};
  const auto fall_back = [&](const std::string& why) -> std::expected<void, std::string> {
    for (std::string* name : mangled) *name = base::demangle(*name);
    return std::unexpected("names of templates may be hard to read: " + why);
  };
  if (program_.empty()) return fall_back("no --demangler was given");
  const auto result = base::run_process(command, {"LC_ALL=C"});
  if (!result) return fall_back(result.error());
  const std::vector<std::string_view> lines = base::split_lines(result->output);
  if (!result->succeeded() || lines.size() != mangled.size()) {
    return fall_back(program_ + " " + result->describe() + " and gave " +
                     std::to_string(lines.size()) + " names for " + std::to_string(mangled.size()));
  }
  for (std::size_t i = 0; i < mangled.size(); ++i) *mangled[i] = lines[i];
  return {};
}

}  // namespace kmod::vm
