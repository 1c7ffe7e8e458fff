// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_WORKSPACE_COPY_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_WORKSPACE_COPY_H_

#include <expected>
#include <filesystem>
#include <string>

namespace kmod::reproducibility {

// Copies a workspace into a folder that does not exist yet: all files, also those that git does not
// know, but not .git, and not the links to outputs that Bazel makes (bazel-*). A link stays a link;
// one that leads out of the workspace leads to the same place from the copy.
//
// Errors: what cannot be copied, and why; a copy that would lie inside the workspace.
[[nodiscard]] std::expected<void, std::string> copy_workspace(const std::filesystem::path& from,
                                                              const std::filesystem::path& to);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_WORKSPACE_COPY_H_
