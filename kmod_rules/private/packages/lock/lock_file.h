// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The package lock, kmod_rules/packages.lock.json. kmod_rules/private/packages/lock.bzl reads it in
// Bazel and checks its entries more closely.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_LOCK_FILE_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_LOCK_FILE_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::lock {

struct LockEntry {
  std::string version;
  std::string architecture;
  std::string path;  // below a mirror
  std::uint64_t size = 0;
  std::string sha256;

  bool operator==(const LockEntry&) const = default;
};

struct Lock {
  // Names of sets to sorted names of packages, in the order of the file.
  std::vector<std::pair<std::string, std::vector<std::string>>> sets;
  std::map<std::string, LockEntry> packages;
};

// Errors: the text is not a lock, or a package has two entries; the message begins with `name`.
[[nodiscard]] base::Result<Lock> parse_lock(const std::string& text, const std::string& name);

// The same lock always has the same text.
[[nodiscard]] std::string format_lock(const Lock& lock);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_LOCK_FILE_H_
