// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/temporary_directory.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace kmod::base {

std::expected<TemporaryDirectory, std::string> TemporaryDirectory::create() {
  std::error_code error;
  const auto parent = std::filesystem::temp_directory_path(error);
  if (error) return std::unexpected("no directory for temporary files: " + error.message());
  std::string path = parent / "update_lock.XXXXXX";
  if (mkdtemp(path.data()) == nullptr) {
    return std::unexpected("cannot create the directory " + path + ": " + std::strerror(errno));
  }
  return TemporaryDirectory(std::move(path));
}

TemporaryDirectory::~TemporaryDirectory() {
  if (path_.empty()) return;
  // What stays behind does no harm, and there is nobody to tell.
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace kmod::base
