// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/temporary_directory.h"

#include <fmt/core.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace kmod::base {
namespace {

namespace fs = std::filesystem;

}  // namespace

Result<TemporaryDirectory> TemporaryDirectory::create(std::string_view program) {
  std::error_code error;
  const fs::path parent = fs::temp_directory_path(error);
  if (error) {
    return std::unexpected(
        fmt::format("there is no directory for temporary files: {}", error.message()));
  }
  return create_in(parent, program);
}

Result<TemporaryDirectory> TemporaryDirectory::create_in(const std::string& parent,
                                                         std::string_view program) {
  std::string path = fs::absolute(parent) / fmt::format("{}.XXXXXX", program);
  if (mkdtemp(path.data()) == nullptr) {
    return std::unexpected(
        fmt::format("cannot create the directory {}: {}", path, std::strerror(errno)));
  }
  return TemporaryDirectory(std::move(path));
}

TemporaryDirectory::~TemporaryDirectory() {
  if (path_.empty()) return;
  std::error_code ignored;
  fs::recursive_directory_iterator entry(path_, ignored);
  for (; entry != fs::recursive_directory_iterator(); entry.increment(ignored)) {
    if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) {
      fs::permissions(entry->path(), fs::perms::owner_all, fs::perm_options::add, ignored);
    }
    if (ignored) break;
  }
  fs::remove_all(path_, ignored);
}

}  // namespace kmod::base
