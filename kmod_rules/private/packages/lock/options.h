// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_OPTIONS_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_OPTIONS_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/flags.h"

namespace kmod::lock {

// The flags about the archive, which update_lock and add_kernel share.
struct ArchiveOptions {
  bool accept_expired = false;
  std::string tools;    // the tree of the package set archive_tools
  std::string keyring;  // if empty, that of `tools`
  std::string mirror_list;
  std::vector<std::string> mirrors;  // if empty, those of mirror_list
};

// The command line of update_lock.
struct Options {
  bool check = false;
  bool allow_older = false;
  std::string sets;
  std::string lock;
  ArchiveOptions archive;
};

// Adds the flags of `options`, which must outlive them. The user's files are relative to
// `working_directory`.
void add_archive_flags(base::Flags& flags, ArchiveOptions& options,
                       const std::string& working_directory);

// The flags set `options`, which must outlive them. The default files of BUILD are relative to
// `workspace`, those of the user to `working_directory`.
[[nodiscard]] base::Flags update_flags(Options& options, const std::string& workspace,
                                       const std::string& working_directory);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_OPTIONS_H_
