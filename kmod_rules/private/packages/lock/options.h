// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The command line of update_lock.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_OPTIONS_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_OPTIONS_H_

#include <expected>
#include <string>
#include <vector>

namespace kmod::lock {

struct Options {
  bool check = false;
  bool allow_older = false;
  std::string sets;
  std::string lock;
  std::string tools;    // the tree of the package set archive_tools
  std::string keyring;  // below `tools` unless it is given
  std::string mirror_list;
  std::vector<std::string> mirrors;  // instead of those of mirror_list
};

// BUILD.bazel gives --tools, --mirror-list, --sets and --lock; what the user gives comes later, and
// holds. `workspace` and `directory` are where `bazel run` was called (BUILD_WORKSPACE_DIRECTORY,
// BUILD_WORKING_DIRECTORY): files to read and write of BUILD.bazel are below the first (a path that
// begins with `workspace:`), those of the user below the second.
//
// Errors: an argument that is not known, or one that is missing.
[[nodiscard]] std::expected<Options, std::string> parse_options(
    const std::vector<std::string>& arguments, const std::string& workspace,
    const std::string& directory);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_OPTIONS_H_
