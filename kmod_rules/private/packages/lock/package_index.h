// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The packages of a release: the indices of one or more suites, such as Debian's stable and its
// updates.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_PACKAGE_INDEX_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_PACKAGE_INDEX_H_

#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kmod::lock {

// What a signed index says of one package.
struct PackageRecord {
  std::string name;
  std::string version;
  std::string architecture;
  std::string path;  // below a mirror
  std::uint64_t size = 0;
  std::string sha256;
  std::string depends;   // Pre-Depends and Depends, as the index has them
  std::string provides;  // as the index has it
  std::string suite;     // whose index it is from
};

class PackageIndex {
 public:
  // Adds the text of a Packages file. `suite` is what messages call it.
  //
  // Errors: a package without a field that the lock needs, or a size that is no number.
  [[nodiscard]] std::expected<void, std::string> add(std::string_view text, std::string_view suite);

  // The highest version of the package in any suite; null where there is none.
  [[nodiscard]] const PackageRecord* newest(std::string_view name) const;

  // All versions of the package, in the order of the suites.
  [[nodiscard]] const std::vector<PackageRecord>& versions(std::string_view name) const;

  // The names of the packages whose Provides has the name, sorted.
  [[nodiscard]] std::vector<std::string> providers(std::string_view name) const;

 private:
  std::map<std::string, std::vector<PackageRecord>, std::less<>> packages_;
};

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_PACKAGE_INDEX_H_
