// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_OUTPUT_TREE_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_OUTPUT_TREE_H_

#include <filesystem>
#include <map>
#include <string>

#include "kmod_rules/private/base/try.h"

namespace kmod::reproducibility {

// The files below a directory of outputs, by their path in it. A link to a file counts as that
// file.
//
// Files that Bazel writes for itself are excluded: the workspace status, test logs, and runfiles
// with their manifests, which link to the outputs by absolute path.
using OutputTree = std::map<std::string, std::filesystem::path>;

// `root` is bazel-out, or a directory with copies of its files.
//
// Errors: the directory cannot be read; the message names it.
[[nodiscard]] base::Result<OutputTree> list_outputs(const std::filesystem::path& root);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_OUTPUT_TREE_H_
