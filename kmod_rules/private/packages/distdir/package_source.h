// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_PACKAGE_SOURCE_H_
#define KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_PACKAGE_SOURCE_H_

#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "kmod_rules/private/packages/distdir/distdir.h"
#include "kmod_rules/private/packages/lock/archive_tools.h"

namespace kmod::distdir {

// Where files of packages come from: Bazel's repository cache, then the mirrors in their order.
class PackageSource {
 public:
  // `repository_cache` may be empty, and need not exist.
  PackageSource(std::string repository_cache, std::vector<std::string> mirrors,
                lock::ArchiveTools tools)
      : repository_cache_(std::move(repository_cache)),
        mirrors_(std::move(mirrors)),
        tools_(std::move(tools)) {}

  // Puts the file into the folder, once it is found to be the locked one, and says where it is
  // from.
  //
  // Errors: no source has it; the message says of each what it has instead.
  [[nodiscard]] std::expected<std::string, std::string> fetch(const PackageFile& file,
                                                              const std::string& folder) const;

 private:
  std::string repository_cache_;
  std::vector<std::string> mirrors_;
  lock::ArchiveTools tools_;
};

}  // namespace kmod::distdir

#endif  // KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_PACKAGE_SOURCE_H_
