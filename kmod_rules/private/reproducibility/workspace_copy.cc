// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/workspace_copy.h"

#include <fmt/core.h>

#include <system_error>

namespace kmod::reproducibility {
namespace {

namespace fs = std::filesystem;

bool is_below(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

bool is_excluded(const fs::directory_entry& entry, const fs::path& workspace) {
  if (entry.path().parent_path() != workspace) return false;
  const std::string name = entry.path().filename();
  return name == ".git" || (name.starts_with("bazel-") && entry.is_symlink());
}

void copy_link(const fs::path& link, const fs::path& to, const fs::path& workspace,
               std::error_code& error) {
  fs::path target = fs::read_symlink(link, error);
  if (error) return;
  const fs::path full = (link.parent_path() / target).lexically_normal();
  if (target.is_relative() && !is_below(full, workspace)) target = full;
  fs::create_symlink(target, to, error);
}

}  // namespace

base::Status copy_workspace(const fs::path& from, const fs::path& to) {
  if (is_below(to, from)) {
    return std::unexpected(fmt::format(
        "the second build cannot be in the workspace itself: {} is below {}. Set another "
        "--scratch.",
        to.string(), from.string()));
  }
  std::error_code error;
  fs::create_directories(to, error);
  fs::recursive_directory_iterator it;
  if (!error) it = fs::recursive_directory_iterator(from, error);
  fs::path current = from;
  while (!error && it != fs::recursive_directory_iterator()) {
    const fs::directory_entry& entry = *it;
    current = entry.path();
    const fs::path target = to / current.lexically_relative(from);
    if (is_excluded(entry, from)) {
      it.disable_recursion_pending();
    } else if (entry.is_symlink()) {
      copy_link(current, target, from, error);
    } else if (entry.is_directory()) {
      fs::create_directory(target, current, error);
    } else if (entry.is_regular_file()) {
      fs::copy_file(current, target, error);
    }
    if (!error) it.increment(error);
  }
  if (error) {
    return std::unexpected(
        fmt::format("cannot copy {} to {}: {}", current.string(), to.string(), error.message()));
  }
  return {};
}

}  // namespace kmod::reproducibility
