// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What a build of a project showed, in the terms of kernel_module_from_kbuild.
#ifndef KMOD_RULES_PRIVATE_MODULE_IMPORT_KBUILD_PROJECT_DESCRIPTION_H_
#define KMOD_RULES_PRIVATE_MODULE_IMPORT_KBUILD_PROJECT_DESCRIPTION_H_

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/module/import_kbuild/project_build.h"

namespace kmod::import_kbuild {

// One target. Paths are relative to the project's directory.
struct ProjectTarget {
  std::string name;
  std::string kbuild;
  std::map<std::string, std::string> make_vars = {};
  std::map<std::string, std::vector<std::string>> modules = {};  // and those of them that each uses
  std::vector<std::string> module_deps = {};                     // labels of other targets

  bool operator==(const ProjectTarget&) const = default;
};

struct ProjectDescription {
  std::vector<ProjectTarget> targets;
  std::set<std::string> files;      // that kbuild read
  std::set<std::string> generated;  // that kbuild read, and the project's own Makefile made
};

// The files that a .cmd file of kbuild names: an object's source and what that includes.
[[nodiscard]] std::vector<std::string> files_of_command(std::string_view text);

// `directory` is the project's own.
//
// Errors: a module cannot be read; kbuild built none.
[[nodiscard]] base::Result<ProjectDescription> describe_project(const ProjectBuild& build,
                                                                const std::string& directory,
                                                                const KernelBuild& kernel);

}  // namespace kmod::import_kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_IMPORT_KBUILD_PROJECT_DESCRIPTION_H_
