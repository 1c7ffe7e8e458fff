// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/output_tree.h"

#include <string_view>
#include <system_error>

namespace kmod::reproducibility {
namespace {

namespace fs = std::filesystem;

bool is_of_bazel_itself(const std::string& name) {
  constexpr std::string_view kNames[] = {"_tmp", "_coverage", "stable-status.txt", "testlogs",
                                         "volatile-status.txt"};
  for (const std::string_view own : kNames) {
    if (name == own) return true;
  }
  return name.ends_with(".runfiles") || name.ends_with(".runfiles_manifest");
}

}  // namespace

base::Result<OutputTree> list_outputs(const fs::path& root) {
  OutputTree outputs;
  std::error_code error;
  // Links to directories, which are few, are not followed: their targets are inputs, or are listed
  // as outputs themselves.
  fs::recursive_directory_iterator entry(root, error);
  while (!error && entry != fs::recursive_directory_iterator()) {
    const fs::path& path = entry->path();
    if (is_of_bazel_itself(path.filename())) {
      entry.disable_recursion_pending();
    } else if (std::error_code broken_link; entry->is_regular_file(broken_link)) {
      outputs.emplace(path.lexically_relative(root), path);
    }
    entry.increment(error);
  }
  if (error) return std::unexpected("cannot read " + root.string() + ": " + error.message());
  return outputs;
}

}  // namespace kmod::reproducibility
