// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/distdir/package_source.h"

#include <filesystem>
#include <system_error>

#include "kmod_rules/private/base/file.h"

namespace kmod::distdir {
namespace {

namespace fs = std::filesystem;

// File names of packages hold characters that some mirrors take for others in an address.
std::string escaped(const std::string& path) {
  std::string result;
  for (const char character : path) {
    if (character == '%') {
      result += "%25";
    } else if (character == '+') {
      result += "%2B";
    } else if (character == '~') {
      result += "%7E";
    } else {
      result += character;
    }
  }
  return result;
}

// Moves a file to its place if it is the locked one, so that none that is half there or wrong ever
// has the name.
std::expected<void, std::string> take(const std::string& partial, const std::string& target,
                                      const lock::LockEntry& entry) {
  const auto bytes = base::read_file(partial);
  if (!bytes) return std::unexpected(bytes.error());
  if (const std::string wrong = fault(*bytes, entry); !wrong.empty()) return std::unexpected(wrong);
  std::error_code error;
  fs::rename(partial, target, error);
  if (error) return std::unexpected("cannot write " + target + ": " + error.message());
  return {};
}

}  // namespace

std::expected<std::string, std::string> PackageSource::fetch(const PackageFile& file,
                                                             const std::string& folder) const {
  const std::string target = folder + "/" + file.name();
  const std::string partial = target + ".partial";
  std::string tried;
  std::error_code error;
  // Bazel's layout of the cache: content_addressable/sha256/DIGEST/file.
  const fs::path cached =
      fs::path(repository_cache_) / "content_addressable" / "sha256" / file.entry.sha256 / "file";
  if (!repository_cache_.empty() && fs::exists(cached, error)) {
    auto taken = base::copy_file(cached, partial);
    if (taken) taken = take(partial, target, file.entry);
    if (taken) return "the repository cache";
    tried += "\n  " + cached.string() + ": " + taken.error();
  }
  for (const std::string& mirror : mirrors_) {
    const std::string url = mirror + "/" + escaped(file.entry.path);
    if (const auto fetched = tools_.fetch(url, partial); !fetched) {
      tried += "\n  " + fetched.error().message;
      continue;
    }
    const auto taken = take(partial, target, file.entry);
    if (taken) return mirror;
    tried += "\n  " + url + ": " + taken.error();
  }
  // What is left of a failure must not be taken for a package.
  fs::remove(partial, error);
  if (tried.empty()) tried = "\n  there is no mirror, and the repository cache does not have it";
  return std::unexpected(file.package + " cannot be had:" + tried);
}

}  // namespace kmod::distdir
