// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The Bazel that the user would start.
#ifndef KMOD_RULES_PRIVATE_BASE_BAZEL_PROGRAM_H_
#define KMOD_RULES_PRIVATE_BASE_BAZEL_PROGRAM_H_

#include <map>
#include <string>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::base {

// `named` if it is not empty, else $BAZEL, else bazelisk or bazel from PATH, as bazelw does.
//
// Errors: no Bazel is found; the message says how to name one.
[[nodiscard]] Result<std::string> find_bazel(const std::string& named);

// What `bazel info` prints for two or more names, with these options of `bazel build`.
//
// Errors: Bazel fails, or does not print one of them.
[[nodiscard]] Result<std::map<std::string, std::string>> bazel_info(
    const std::string& bazel, const std::string& workspace, const std::vector<std::string>& options,
    const std::vector<std::string>& names);

// The environment of this process, as NAME=VALUE.
[[nodiscard]] std::vector<std::string> own_environment();

// The directory that an environment variable of `bazel run` names, such as
// BUILD_WORKING_DIRECTORY; the current directory if it is not set.
[[nodiscard]] std::string directory_from(const char* variable);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_BAZEL_PROGRAM_H_
