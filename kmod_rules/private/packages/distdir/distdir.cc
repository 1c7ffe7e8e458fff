// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/distdir/distdir.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "kmod_rules/private/base/digest.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::distdir {

namespace fs = std::filesystem;

std::string PackageFile::name() const { return entry.path.substr(entry.path.rfind('/') + 1); }

base::Result<std::vector<PackageFile>> files_of(const std::vector<lock::Lock>& locks,
                                                const std::vector<std::string>& sets) {
  const std::set<std::string> wanted(sets.begin(), sets.end());
  std::set<std::string> unknown = wanted;
  std::vector<std::string> known;
  std::vector<PackageFile> files;
  for (const lock::Lock& lock : locks) {
    std::set<std::string> members;
    for (const auto& [set, packages] : lock.sets) {
      known.push_back(set);
      unknown.erase(set);
      if (wanted.contains(set)) members.insert(packages.begin(), packages.end());
    }
    for (const auto& [name, entry] : lock.packages) {
      if (sets.empty() || members.contains(name)) {
        files.push_back({name + " " + entry.version, entry});
      }
    }
  }
  if (unknown.empty()) return files;
  return std::unexpected(fmt::format("the lock has no package set \"{}\". It has: {}",
                                     *unknown.begin(), base::join(known, ", ")));
}

std::string fault(const std::string& bytes, const lock::LockEntry& entry) {
  if (bytes.size() != entry.size) {
    return fmt::format("it has {} bytes, and the lock says {}", bytes.size(), entry.size);
  }
  const std::string digest = base::sha256_hex(bytes);
  if (digest == entry.sha256) return {};
  return fmt::format("its sha256 is {}, and the lock has {}", digest, entry.sha256);
}

base::Result<std::string> fault_in(const std::string& directory, const PackageFile& file) {
  const std::string path = directory + "/" + file.name();
  std::error_code error;
  if (!fs::exists(path, error)) return "it is missing";
  return fault(KMOD_TRY(base::read_file(path)), file.entry);
}

base::Result<std::vector<std::string>> others_in(const std::string& directory,
                                                 const std::vector<PackageFile>& files) {
  std::set<std::string> known;
  for (const PackageFile& file : files) known.insert(file.name());
  std::error_code error;
  std::vector<std::string> others;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, error)) {
    if (!known.contains(entry.path().filename())) others.push_back(entry.path().filename());
  }
  if (error) {
    return std::unexpected(fmt::format("cannot read {}: {}", directory, error.message()));
  }
  std::ranges::sort(others);
  return others;
}

}  // namespace kmod::distdir
