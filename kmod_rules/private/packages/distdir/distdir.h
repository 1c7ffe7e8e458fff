// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A directory with the files of locked packages, for Bazel's --distdir: Bazel looks for a file by
// name and checks its sha256.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_DISTDIR_H_
#define KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_DISTDIR_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/packages/lock/lock_file.h"

namespace kmod::distdir {

// A file that must be in the directory.
struct PackageFile {
  std::string package;  // "clang-19 1:19.1.7-3"
  lock::LockEntry entry;

  // The last part of its path on a mirror: the name that Bazel looks for.
  [[nodiscard]] std::string name() const;
};

// The files of the sets, or of all packages if none is named, in the locks' order of packages.
//
// Errors: no lock has the set; the message lists the sets of the locks.
[[nodiscard]] base::Result<std::vector<PackageFile>> files_of(const std::vector<lock::Lock>& locks,
                                                              const std::vector<std::string>& sets);

// How the bytes of a file differ from the lock, in size or sha256. Empty if they do not.
[[nodiscard]] std::string fault(const std::string& bytes, const lock::LockEntry& entry);

// What is wrong with a file of the directory: it is missing, or differs from the lock. Empty if it
// is correct.
//
// Errors: the file cannot be read.
[[nodiscard]] base::Result<std::string> fault_in(const std::string& directory,
                                                 const PackageFile& file);

// Names of other files in the directory.
//
// Errors: the directory cannot be read.
[[nodiscard]] base::Result<std::vector<std::string>> others_in(
    const std::string& directory, const std::vector<PackageFile>& files);

}  // namespace kmod::distdir

#endif  // KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_DISTDIR_H_
