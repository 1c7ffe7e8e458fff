// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What a signed index says of one package.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_WRITER_PACKAGE_RECORD_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_WRITER_PACKAGE_RECORD_H_

#include <cstdint>
#include <string>

namespace kmod::lock {

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

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_WRITER_PACKAGE_RECORD_H_
