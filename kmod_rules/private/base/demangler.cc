// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/demangler.h"

#include <fmt/core.h>

#include <map>

#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::base {

bool is_mangled(std::string_view symbol) { return symbol.starts_with("_Z"); }

Result<std::vector<std::string>> Demangler::run(
    const std::vector<std::string_view>& symbols) const {
  if (program_.empty()) return std::unexpected("no --demangler was given");
  std::vector<std::string> command = {program_};
  command.insert(command.end(), symbols.begin(), symbols.end());
  const ProcessResult result = KMOD_TRY(run_process(command, {"LC_ALL=C"}));
  const std::vector<std::string_view> lines = split_lines(result.output);
  if (!result.succeeded() || lines.size() != symbols.size()) {
    return std::unexpected(fmt::format("{} {} and gave {} names for {}", program_,
                                       result.describe(), lines.size(), symbols.size()));
  }
  return std::vector<std::string>(lines.begin(), lines.end());
}

Status Demangler::demangle(const std::vector<std::string*>& names) const {
  std::vector<std::string_view> symbols;  // each once
  std::map<std::string, std::size_t, std::less<>> position;
  for (const std::string* name : names) {
    if (!is_mangled(*name)) continue;
    const auto [entry, is_new] = position.emplace(*name, symbols.size());
    if (is_new) symbols.push_back(entry->first);
  }
  if (symbols.empty()) return {};
  const auto readable = run(symbols);
  if (!readable) {
    return std::unexpected(fmt::format("C++ names are shown mangled: {}", readable.error()));
  }
  for (std::string* name : names) {
    const auto found = position.find(*name);
    if (found != position.end()) *name = (*readable)[found->second];
  }
  return {};
}

}  // namespace kmod::base
