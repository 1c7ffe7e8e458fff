// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_PACKAGE_SOURCE_H_
#define KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_PACKAGE_SOURCE_H_

#include <string>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/packages/distdir/distdir.h"
#include "kmod_rules/private/packages/lock/archive_tools.h"

namespace kmod::distdir {

// Gets files of packages from Bazel's repository cache, else from the mirrors in their order.
class PackageSource {
 public:
  // `repository_cache` may be empty, and need not exist.
  PackageSource(std::string repository_cache, std::vector<std::string> mirrors,
                lock::ArchiveTools tools)
      : repository_cache_(std::move(repository_cache)),
        mirrors_(std::move(mirrors)),
        tools_(std::move(tools)) {}

  // Puts the file into the directory after checking that it is the locked one, and returns its
  // origin.
  //
  // Errors: no source has the file; the message gives the reason for each source.
  [[nodiscard]] base::Result<std::string> fetch(const PackageFile& file,
                                                const std::string& directory) const;

 private:
  std::string repository_cache_;
  std::vector<std::string> mirrors_;
  lock::ArchiveTools tools_;
};

}  // namespace kmod::distdir

#endif  // KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_PACKAGE_SOURCE_H_
