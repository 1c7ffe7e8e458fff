// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/distdir/fill_options.h"

#include <filesystem>
#include <string_view>

namespace kmod::distdir {
namespace {

constexpr const char* kUsage =
    "bazel run @rules_kmod//kmod_rules:fill_distdir -- [--check] [--set=NAME]… [--mirror=ADDRESS]… "
    "[--lock=FILE]… [--repository_cache=FOLDER] [--bazel=PROGRAM] FOLDER";

}  // namespace

std::expected<FillOptions, std::string> parse_fill_options(
    const std::vector<std::string>& arguments, const std::string& directory) {
  FillOptions options;
  std::vector<std::string> locks;
  const auto located = [&](const std::string& path) {
    return (std::filesystem::path(directory) / path).string();
  };
  for (const std::string& argument : arguments) {
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : argument.substr(equals + 1);
    if (argument == "--check") {
      options.check = true;
    } else if (name == "--set" && !value.empty()) {
      options.sets.push_back(value);
    } else if (name == "--mirror" && !value.empty()) {
      options.mirrors.push_back(value.substr(0, value.find_last_not_of('/') + 1));
    } else if (name == "--lock" && !value.empty()) {
      locks.push_back(located(value));
    } else if (name == "--repository_cache" && !value.empty()) {
      options.repository_cache = located(value);
    } else if (name == "--bazel" && !value.empty()) {
      options.bazel = value;
    } else if (name == "--own_lock" && !value.empty()) {
      // Of this program, unless the user names another: relative to where the program is started.
      options.locks.push_back(value);
    } else if (name == "--mirror_list" && !value.empty()) {
      options.mirror_list = value;
    } else if (name == "--tools" && !value.empty()) {
      options.tools = value;
    } else if (argument.starts_with("--")) {
      return std::unexpected("\"" + argument + "\" is no option. Use: " + kUsage);
    } else if (options.folder.empty()) {
      options.folder = located(argument);
    } else {
      return std::unexpected("name one folder, not " + options.folder + " and " + argument);
    }
  }
  if (!locks.empty()) options.locks = locks;
  if (options.folder.empty()) {
    return std::unexpected(std::string("name the folder to fill. Use: ") + kUsage);
  }
  return options;
}

}  // namespace kmod::distdir
