// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The packages of a release: the indices of one or more suites, such as Debian's stable and its
// updates.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_PACKAGE_INDEX_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_PACKAGE_INDEX_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::lock {

// The entry of a package in a signed index.
struct PackageRecord {
  std::string name;
  std::string version;
  std::string architecture;
  std::string path;  // below a mirror
  std::uint64_t size = 0;
  std::string sha256;
  std::string depends;   // Pre-Depends and Depends, as in the index
  std::string provides;  // as in the index
  std::string suite;     // of the index
};

class PackageIndex {
 public:
  // Adds the text of a Packages file. Messages call it `suite`.
  //
  // Errors: a package lacks a field that the lock needs, or its size is not a number.
  [[nodiscard]] base::Status add(std::string_view text, std::string_view suite);

  // The highest version of the package in any suite, or null.
  [[nodiscard]] const PackageRecord* newest(std::string_view name) const;

  // All versions of the package, in the order of the suites.
  [[nodiscard]] const std::vector<PackageRecord>& versions(std::string_view name) const;

  // The names of the packages that begin with the prefix, sorted.
  [[nodiscard]] std::vector<std::string> names(std::string_view prefix) const;

  // The names of the packages whose Provides has the name, sorted.
  [[nodiscard]] std::vector<std::string> providers(std::string_view name) const;

 private:
  std::map<std::string, std::vector<PackageRecord>, std::less<>> packages_;
};

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_PACKAGE_INDEX_H_
