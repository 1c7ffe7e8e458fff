// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_FILL_OPTIONS_H_
#define KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_FILL_OPTIONS_H_

#include <expected>
#include <string>
#include <vector>

namespace kmod::distdir {

// The command line of fill_distdir; its .cc file describes the options.
struct FillOptions {
  bool check = false;
  std::string folder = {};
  std::vector<std::string> locks = {};
  std::vector<std::string> sets = {};     // none: all
  std::vector<std::string> mirrors = {};  // none: those of mirror_list
  std::string mirror_list = {};
  std::string repository_cache = {};  // empty: ask Bazel
  std::string bazel = {};             // empty: look for one
  std::string tools = {};
};

// `directory` is where the user is: what paths of `folder`, `locks` and `repository_cache` are
// relative to.
//
// Errors: an option that there is not, no folder or more than one.
[[nodiscard]] std::expected<FillOptions, std::string> parse_fill_options(
    const std::vector<std::string>& arguments, const std::string& directory);

}  // namespace kmod::distdir

#endif  // KMOD_RULES_PRIVATE_PACKAGES_DISTDIR_FILL_OPTIONS_H_
