// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/bazel_program.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::base {
namespace {

Result<std::string> search(const std::string& named) {
  if (!named.empty()) return find_program(named);
  if (const char* variable = std::getenv("BAZEL"); variable != nullptr && *variable != '\0') {
    return find_program(variable);
  }
  auto bazelisk = find_program("bazelisk");
  return bazelisk ? bazelisk : find_program("bazel");
}

}  // namespace

Result<std::string> find_bazel(const std::string& named) {
  auto found = search(named);
  if (found) return found;
  return std::unexpected(
      fmt::format("{}. Name a Bazel with --bazel=PROGRAM or in $BAZEL.", found.error()));
}

Result<std::map<std::string, std::string>> bazel_info(const std::string& bazel,
                                                      const std::string& workspace,
                                                      const std::vector<std::string>& options,
                                                      const std::vector<std::string>& names) {
  std::vector<std::string> words = {bazel, "info"};
  words.insert(words.end(), options.begin(), options.end());
  words.insert(words.end(), names.begin(), names.end());
  const ProcessResult info = KMOD_TRY(run_process(
      Command{.arguments = words, .environment = own_environment(), .directory = workspace},
      Capture::kOutput));
  std::map<std::string, std::string> values;
  for (const std::string_view line : split_lines(info.output)) {
    const std::size_t colon = line.find(": ");
    if (colon != std::string_view::npos) {
      values.emplace(line.substr(0, colon), line.substr(colon + 2));
    }
  }
  for (const std::string& name : names) {
    if (!info.succeeded() || !values.contains(name)) {
      return std::unexpected(
          fmt::format("{} info in {} does not print {}", bazel, workspace, name));
    }
  }
  return values;
}

std::vector<std::string> own_environment() {
  std::vector<std::string> environment;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    environment.emplace_back(*variable);
  }
  return environment;
}

std::string directory_from(const char* variable) {
  const char* const value = std::getenv(variable);
  return value != nullptr ? value : std::filesystem::current_path().string();
}

}  // namespace kmod::base
