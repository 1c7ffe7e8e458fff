// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A folder with the files of locked packages, as Bazel's --distdir takes it: by file name, and
// checked by sha256.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_DISTDIR_H_
#define KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_DISTDIR_H_

#include <expected>
#include <string>
#include <vector>

#include "kmod_rules/private/packages/lock/lock_file.h"

namespace kmod::distdir {

// A file that has to be in the folder.
struct PackageFile {
  std::string package;  // "clang-19 1:19.1.7-3"
  lock::LockEntry entry;

  // The last part of its path on a mirror, for which Bazel looks.
  [[nodiscard]] std::string name() const;
};

// The files of the sets, or of all packages if none is named, in the locks' order of packages.
//
// Errors: a set that no lock has; the message lists those that they have.
[[nodiscard]] std::expected<std::vector<PackageFile>, std::string> files_of(
    const std::vector<lock::Lock>& locks, const std::vector<std::string>& sets);

// What is wrong with the bytes of a file: another size or sha256 than the lock has. Empty if
// nothing is.
[[nodiscard]] std::string fault(const std::string& bytes, const lock::LockEntry& entry);

// What is wrong with the file in the folder: that, or that it is missing. Empty if nothing is.
//
// Errors: it cannot be read.
[[nodiscard]] std::expected<std::string, std::string> fault_in(const std::string& folder,
                                                               const PackageFile& file);

// Names of files in the folder that are none of these.
//
// Errors: the folder cannot be read.
[[nodiscard]] std::expected<std::vector<std::string>, std::string> others_in(
    const std::string& folder, const std::vector<PackageFile>& files);

}  // namespace kmod::distdir

#endif  // KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_DISTDIR_H_
