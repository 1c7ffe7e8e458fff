// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/arguments.h"

#include <utility>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::base {
namespace {

std::expected<Argument, std::string> parse_one(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (!text.starts_with("--") || equals == std::string_view::npos || equals == 2) {
    return std::unexpected("the argument \"" + std::string(text) +
                           "\" is not of the form --name=value");
  }
  return Argument{std::string(text.substr(2, equals - 2)), std::string(text.substr(equals + 1))};
}

}  // namespace

std::expected<std::vector<Argument>, std::string> parse_arguments(
    const std::vector<std::string>& command_line) {
  std::vector<Argument> arguments;
  for (const std::string& text : command_line) {
    if (!text.starts_with('@')) {
      auto argument = parse_one(text);
      if (!argument) return std::unexpected(argument.error());
      arguments.push_back(std::move(*argument));
      continue;
    }
    const auto contents = read_file(text.substr(1));
    if (!contents) return std::unexpected("parameter file: " + contents.error());
    for (const std::string_view line : split_lines(*contents)) {
      if (line.empty()) continue;
      auto argument = parse_one(line);
      if (!argument) return std::unexpected(text.substr(1) + ": " + argument.error());
      arguments.push_back(std::move(*argument));
    }
  }
  return arguments;
}

std::expected<Pair, std::string> split_pair(const Argument& argument, std::string_view shape) {
  const std::size_t equals = argument.value.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == argument.value.size()) {
    return std::unexpected("--" + argument.name + "=" + argument.value + " is not of the form --" +
                           argument.name + "=" + std::string(shape));
  }
  return Pair{argument.value.substr(0, equals), argument.value.substr(equals + 1)};
}

}  // namespace kmod::base
