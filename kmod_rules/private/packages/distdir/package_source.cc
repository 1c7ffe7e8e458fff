// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/distdir/package_source.h"

#include <fmt/core.h>

#include <filesystem>
#include <system_error>

#include "kmod_rules/private/base/file.h"

namespace kmod::distdir {
namespace {

namespace fs = std::filesystem;

// File names of packages contain characters that some mirrors misinterpret in an address.
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

// Renames a file to its final name if it is the locked one, so that no partial or wrong file ever
// has this name.
base::Status take(const std::string& partial, const std::string& target,
                  const lock::LockEntry& entry) {
  const std::string bytes = KMOD_TRY(base::read_file(partial));
  if (const std::string wrong = fault(bytes, entry); !wrong.empty()) return std::unexpected(wrong);
  std::error_code error;
  fs::rename(partial, target, error);
  if (error) return std::unexpected(fmt::format("cannot write {}: {}", target, error.message()));
  return {};
}

}  // namespace

base::Result<std::string> PackageSource::fetch(const PackageFile& file,
                                               const std::string& directory) const {
  const std::string target = directory + "/" + file.name();
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
    tried += fmt::format("\n  {}: {}", cached.string(), taken.error());
  }
  for (const std::string& mirror : mirrors_) {
    const std::string url = mirror + "/" + escaped(file.entry.path);
    if (const auto fetched = tools_.fetch(url, partial); !fetched) {
      tried += "\n  " + fetched.error().message;
      continue;
    }
    const auto taken = take(partial, target, file.entry);
    if (taken) return mirror;
    tried += fmt::format("\n  {}: {}", url, taken.error());
  }
  // The rest of a failed download must not be mistaken for a package.
  fs::remove(partial, error);
  if (tried.empty()) tried = "\n  there is no mirror, and the repository cache does not have it";
  return std::unexpected(fmt::format("{} cannot be downloaded:{}", file.package, tried));
}

}  // namespace kmod::distdir
