// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/bazel_program.h"

#include <cstdlib>
#include <string_view>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/reproducibility/command.h"

namespace kmod::reproducibility {
namespace {

std::expected<std::string, std::string> search(const std::string& named) {
  if (!named.empty()) return find_program(named);
  if (const char* variable = std::getenv("BAZEL"); variable != nullptr && *variable != '\0') {
    return find_program(variable);
  }
  auto bazelisk = find_program("bazelisk");
  return bazelisk ? bazelisk : find_program("bazel");
}

}  // namespace

std::expected<std::string, std::string> find_bazel(const std::string& named) {
  auto found = search(named);
  if (found) return found;
  return std::unexpected(found.error() + ". Name a Bazel by --bazel=PROGRAM or in $BAZEL.");
}

std::expected<std::map<std::string, std::string>, std::string> bazel_info(
    const std::string& bazel, const std::string& workspace, const std::vector<std::string>& options,
    const std::vector<std::string>& names) {
  std::vector<std::string> words = {bazel, "info"};
  words.insert(words.end(), options.begin(), options.end());
  words.insert(words.end(), names.begin(), names.end());
  const auto said = run_and_read({words, workspace});
  if (!said) return std::unexpected(said.error());
  std::map<std::string, std::string> values;
  for (const std::string_view line : base::split_lines(said->output)) {
    const std::size_t colon = line.find(": ");
    if (colon != std::string_view::npos) {
      values.emplace(line.substr(0, colon), line.substr(colon + 2));
    }
  }
  for (const std::string& name : names) {
    if (said->status != 0 || !values.contains(name)) {
      return std::unexpected(bazel + " info in " + workspace + " does not say its " + name);
    }
  }
  return values;
}

}  // namespace kmod::reproducibility
