// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/scratch_directory.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

namespace kmod::reproducibility {
namespace {

namespace fs = std::filesystem;

// Bazel 4 refuses a workspace with a space in its path, and crashes on bytes beyond ASCII; make
// takes none of the others.
std::expected<void, std::string> check_characters(const std::string& path) {
  for (const char byte : path) {
    const bool good = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                      (byte >= 'a' && byte <= 'z') || std::strchr("/._-+@", byte) != nullptr;
    if (!good) {
      return std::unexpected("the directory " + path +
                             " for the second build holds the character "
                             "'" +
                             std::string(1, byte) +
                             "', which Bazel or make cannot have in a "
                             "path. Give another by --scratch or TMPDIR.");
    }
  }
  return {};
}

// Fetched trees may hold directories that their owner may not write to.
void remove_tree(const fs::path& path) {
  std::error_code ignored;
  fs::recursive_directory_iterator it(path, ignored);
  for (; it != fs::recursive_directory_iterator(); it.increment(ignored)) {
    if (it->is_directory(ignored) && !it->is_symlink(ignored)) {
      fs::permissions(it->path(), fs::perms::owner_all, fs::perm_options::add, ignored);
    }
    if (ignored) break;
  }
  fs::remove_all(path, ignored);
}

}  // namespace

std::expected<ScratchDirectory, std::string> ScratchDirectory::create(const std::string& path) {
  std::error_code error;
  if (path.empty()) {
    std::string name = fs::temp_directory_path(error) / "check_reproducible.XXXXXX";
    if (error) return std::unexpected("no directory for temporary files: " + error.message());
    if (auto good = check_characters(name); !good) return std::unexpected(good.error());
    if (mkdtemp(name.data()) == nullptr) {
      return std::unexpected("cannot create the directory " + name + ": " + std::strerror(errno));
    }
    return ScratchDirectory(name, true);
  }
  const fs::path full = fs::absolute(path).lexically_normal();
  if (auto good = check_characters(full); !good) return std::unexpected(good.error());
  fs::create_directories(full, error);
  const bool empty = !error && fs::is_empty(full, error);
  if (error) {
    return std::unexpected("cannot use the directory " + full.string() + ": " + error.message());
  }
  if (!empty) {
    return std::unexpected("the directory " + full.string() +
                           " is not empty: what an earlier build left there would take part in "
                           "this one. Empty it, or give another --scratch.");
  }
  return ScratchDirectory(full, false);
}

ScratchDirectory::~ScratchDirectory() {
  if (temporary_) remove_tree(path_);
}

}  // namespace kmod::reproducibility
