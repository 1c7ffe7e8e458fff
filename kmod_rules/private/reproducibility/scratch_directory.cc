// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/scratch_directory.h"

#include <fmt/core.h>

#include <cstring>
#include <system_error>

namespace kmod::reproducibility {
namespace {

namespace fs = std::filesystem;

// Bazel 4 refuses a workspace with a space in its path and crashes on bytes beyond ASCII; make
// accepts none of the other characters.
base::Status check_characters(const std::string& path) {
  for (const char byte : path) {
    const bool good = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                      (byte >= 'a' && byte <= 'z') || std::strchr("/._-+@", byte) != nullptr;
    if (!good) {
      return std::unexpected(
          fmt::format("the directory {} for the second build contains the character '{}', which "
                      "Bazel or make does not accept in a path. Set another with --scratch or "
                      "TMPDIR.",
                      path, byte));
    }
  }
  return {};
}

}  // namespace

base::Result<ScratchDirectory> ScratchDirectory::create(const std::string& path) {
  if (path.empty()) {
    auto temporary = KMOD_TRY(base::TemporaryDirectory::create("check_reproducible"));
    const fs::path full = temporary.path();
    KMOD_TRY(check_characters(full));
    return ScratchDirectory(full, std::move(temporary));
  }
  const fs::path full = fs::absolute(path).lexically_normal();
  KMOD_TRY(check_characters(full));
  std::error_code error;
  fs::create_directories(full, error);
  const bool empty = !error && fs::is_empty(full, error);
  if (error) {
    return std::unexpected(
        fmt::format("cannot use the directory {}: {}", full.string(), error.message()));
  }
  if (!empty) {
    return std::unexpected(
        fmt::format("the directory {} is not empty: the second build would use files of an earlier "
                    "build. Empty it, or set another --scratch.",
                    full.string()));
  }
  return ScratchDirectory(full, std::nullopt);
}

}  // namespace kmod::reproducibility
