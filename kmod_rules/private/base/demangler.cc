// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/demangler.h"

#include <fmt/core.h>

#include <cctype>
#include <map>

#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::base {

namespace {

bool is_name_part(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '$';
}

// A line as pieces: mangled names, and the text between them.
std::vector<std::string> split_at_names(std::string_view line) {
  std::vector<std::string> pieces;
  std::size_t at = 0;
  while (at < line.size()) {
    std::size_t end = at;
    const bool name = is_name_part(line[at]);
    while (end < line.size() && is_name_part(line[end]) == name) ++end;
    pieces.emplace_back(line.substr(at, end - at));
    at = end;
  }
  return pieces;
}

}  // namespace

bool is_mangled(std::string_view symbol) {
  return symbol.starts_with("_Z") || symbol.starts_with("_R");
}

std::string describe_referrer(std::string_view symbol, bool is_function) {
  constexpr std::string_view kFileConstructor = "_GLOBAL__sub_I_";
  if (symbol.starts_with(kFileConstructor)) {
    return fmt::format("the static constructors of {}", symbol.substr(kFileConstructor.size()));
  }
  return fmt::format("{}{}", symbol, is_function && !is_mangled(symbol) ? "()" : "");
}

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
    return std::unexpected(fmt::format("names are shown mangled: {}", readable.error()));
  }
  for (std::string* name : names) {
    const auto found = position.find(*name);
    if (found != position.end()) *name = (*readable)[found->second];
  }
  return {};
}

Status Demangler::demangle_text(std::vector<std::string>& lines) const {
  std::vector<std::vector<std::string>> pieces;
  std::vector<std::string*> names;
  pieces.reserve(lines.size());
  for (const std::string& line : lines) {
    for (std::string& piece : pieces.emplace_back(split_at_names(line))) names.push_back(&piece);
  }
  KMOD_TRY(demangle(names));
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i] = join(pieces[i], "");
  return {};
}

}  // namespace kmod::base
