// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes the BUILD file of a project.
#ifndef KMOD_RULES_PRIVATE_MODULE_IMPORT_KBUILD_BUILD_FILE_H_
#define KMOD_RULES_PRIVATE_MODULE_IMPORT_KBUILD_BUILD_FILE_H_

#include <set>
#include <string>
#include <vector>

#include "kmod_rules/private/module/import_kbuild/project_description.h"

namespace kmod::import_kbuild {

// Patterns for glob() that match all the files.
[[nodiscard]] std::vector<std::string> glob_patterns(const std::set<std::string>& files);

// The BUILD file's text, as buildifier formats it. `rules` is the repository of the rules, such as
// "@rules_kmod", or empty for the rules' own.
[[nodiscard]] std::string build_file(const ProjectDescription& description,
                                     const std::string& rules);

}  // namespace kmod::import_kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_IMPORT_KBUILD_BUILD_FILE_H_
