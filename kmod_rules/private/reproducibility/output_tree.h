// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_OUTPUT_TREE_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_OUTPUT_TREE_H_

#include <expected>
#include <filesystem>
#include <map>
#include <string>

namespace kmod::reproducibility {

// The files below a folder of outputs, by their path in it. A link to a file counts as that file.
//
// Left out is what Bazel writes for itself: the status of the workspace, logs of tests, and
// runfiles with their manifests, which link to the outputs by absolute path.
using OutputTree = std::map<std::string, std::filesystem::path>;

// `root` is bazel-out, or any folder that files of it were copied to.
//
// Errors: a folder that cannot be read, by name.
[[nodiscard]] std::expected<OutputTree, std::string> list_outputs(
    const std::filesystem::path& root);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_OUTPUT_TREE_H_
