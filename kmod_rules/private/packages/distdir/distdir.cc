// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/distdir/distdir.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "kmod_rules/private/base/digest.h"
#include "kmod_rules/private/base/file.h"

namespace kmod::distdir {

namespace fs = std::filesystem;

std::string PackageFile::name() const { return entry.path.substr(entry.path.rfind('/') + 1); }

std::expected<std::vector<PackageFile>, std::string> files_of(
    const std::vector<lock::Lock>& locks, const std::vector<std::string>& sets) {
  const std::set<std::string> wanted(sets.begin(), sets.end());
  std::set<std::string> unknown = wanted;
  std::string known;
  std::vector<PackageFile> files;
  for (const lock::Lock& lock : locks) {
    std::set<std::string> members;
    for (const auto& [set, packages] : lock.sets) {
      known += (known.empty() ? "" : ", ") + set;
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
  return std::unexpected("the lock has no package set \"" + *unknown.begin() +
                         "\". It has: " + known);
}

std::string fault(const std::string& bytes, const lock::LockEntry& entry) {
  if (bytes.size() != entry.size) {
    return "it has " + std::to_string(bytes.size()) + " bytes, and the lock says " +
           std::to_string(entry.size);
  }
  const std::string digest = base::sha256_hex(bytes);
  if (digest == entry.sha256) return {};
  return "its sha256 is " + digest + ", and the lock has " + entry.sha256;
}

std::expected<std::string, std::string> fault_in(const std::string& folder,
                                                 const PackageFile& file) {
  const std::string path = folder + "/" + file.name();
  std::error_code error;
  if (!fs::exists(path, error)) return "it is missing";
  const auto bytes = base::read_file(path);
  if (!bytes) return std::unexpected(bytes.error());
  return fault(*bytes, file.entry);
}

std::expected<std::vector<std::string>, std::string> others_in(
    const std::string& folder, const std::vector<PackageFile>& files) {
  std::set<std::string> known;
  for (const PackageFile& file : files) known.insert(file.name());
  std::error_code error;
  std::vector<std::string> others;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (!known.contains(entry.path().filename())) others.push_back(entry.path().filename());
  }
  if (error) return std::unexpected("cannot read " + folder + ": " + error.message());
  std::ranges::sort(others);
  return others;
}

}  // namespace kmod::distdir
