// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/options.h"

#include <filesystem>
#include <string_view>

namespace kmod::lock {
namespace {

constexpr std::string_view kOfWorkspace = "workspace:";

constexpr const char* kUsage =
    "bazel run @rules_kmod//kmod_rules:update_lock -- [--check] [--allow-older] "
    "[--mirror=ADDRESS]… "
    "[--sets=FILE] [--lock=FILE] [--keyring=FILE]";

std::string locate(std::string_view path, const std::string& workspace,
                   const std::string& directory) {
  if (path.starts_with(kOfWorkspace)) {
    return workspace + "/" + std::string(path.substr(kOfWorkspace.size()));
  }
  return std::filesystem::path(directory) / path;
}

}  // namespace

std::expected<Options, std::string> parse_options(const std::vector<std::string>& arguments,
                                                  const std::string& workspace,
                                                  const std::string& directory) {
  Options options;
  for (const std::string_view argument : arguments) {
    const auto takes = [&](std::string_view name) {
      return argument.starts_with(name) && argument.size() > name.size();
    };
    const std::string value(argument.substr(std::min(argument.find('=') + 1, argument.size())));
    if (argument == "--check") {
      options.check = true;
    } else if (argument == "--allow-older") {
      options.allow_older = true;
    } else if (takes("--sets=")) {
      options.sets = locate(value, workspace, directory);
    } else if (takes("--lock=")) {
      options.lock = locate(value, workspace, directory);
    } else if (takes("--keyring=")) {
      options.keyring = locate(value, workspace, directory);
    } else if (takes("--mirror=")) {
      options.mirrors.push_back(value.substr(0, value.find_last_not_of('/') + 1));
    } else if (takes("--tools=")) {
      options.tools = value;
    } else if (takes("--mirror-list=")) {
      options.mirror_list = value;
    } else {
      return std::unexpected("\"" + std::string(argument) + "\" is no option. Use: " + kUsage);
    }
  }
  for (const auto& [name, value] : {std::pair{"--sets", &options.sets},
                                    {"--lock", &options.lock},
                                    {"--tools", &options.tools},
                                    {"--mirror-list", &options.mirror_list}}) {
    if (value->empty()) return std::unexpected(std::string(name) + " is missing. Use: " + kUsage);
  }
  if (options.keyring.empty()) {
    options.keyring = options.tools + "/usr/share/keyrings/debian-archive-keyring.gpg";
  }
  return options;
}

}  // namespace kmod::lock
