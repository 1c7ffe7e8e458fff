// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_FILL_OPTIONS_H_
#define KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_FILL_OPTIONS_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/flags.h"

namespace kmod::distdir {

// The command line of fill_distdir.
struct FillOptions {
  bool check = false;
  std::string directory = {};
  std::vector<std::string> locks = {};      // of the user; if empty, own_locks
  std::vector<std::string> own_locks = {};  // of rules_kmod
  std::vector<std::string> sets = {};       // if empty, all
  std::vector<std::string> mirrors = {};    // if empty, those of mirror_list
  std::string mirror_list = {};
  std::string repository_cache = {};  // if empty, Bazel names it
  std::string bazel = {};             // if empty, find_bazel() looks for one
  std::string tools = {};             // the tree of the package set archive_tools
};

// The flags set `options`, which must outlive them. Paths of the user are relative to
// `working_directory`.
[[nodiscard]] base::Flags fill_flags(FillOptions& options, const std::string& working_directory);

}  // namespace kmod::distdir

#endif  // KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_FILL_OPTIONS_H_
