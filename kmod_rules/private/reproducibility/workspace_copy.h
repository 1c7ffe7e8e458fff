// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_WORKSPACE_COPY_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_WORKSPACE_COPY_H_

#include <filesystem>
#include <string>

#include "kmod_rules/private/base/try.h"

namespace kmod::reproducibility {

// Copies a workspace into a directory that does not exist yet: all files, tracked by git or not,
// except .git and Bazel's links to outputs (bazel-*). Links are copied as links; a link that leads
// out of the workspace has the same target in the copy.
//
// Errors: a file cannot be copied; the copy would be inside the workspace.
[[nodiscard]] base::Status copy_workspace(const std::filesystem::path& from,
                                          const std::filesystem::path& to);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_WORKSPACE_COPY_H_
