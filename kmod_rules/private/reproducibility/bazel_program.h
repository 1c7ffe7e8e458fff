// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The Bazel that the user would start.
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_BAZEL_PROGRAM_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_BAZEL_PROGRAM_H_

#include <expected>
#include <map>
#include <string>
#include <vector>

namespace kmod::reproducibility {

// `named` if it is not empty, else $BAZEL, else bazelisk or bazel of the PATH, as bazelw does.
//
// Errors: there is none; the message says how to name one.
[[nodiscard]] std::expected<std::string, std::string> find_bazel(const std::string& named);

// What `bazel info` says for these two or more names, with these options of `bazel build`.
//
// Errors: it does not say one of them.
[[nodiscard]] std::expected<std::map<std::string, std::string>, std::string> bazel_info(
    const std::string& bazel, const std::string& workspace, const std::vector<std::string>& options,
    const std::vector<std::string>& names);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_BAZEL_PROGRAM_H_
