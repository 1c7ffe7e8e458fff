// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Has a project build its modules in a copy of its directory, and records how its Makefiles call
// kbuild.
#ifndef KMOD_RULES_PRIVATE_MODULE_IMPORT_KBUILD_PROJECT_BUILD_H_
#define KMOD_RULES_PRIVATE_MODULE_IMPORT_KBUILD_PROJECT_BUILD_H_

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/temporary_directory.h"
#include "kmod_rules/private/base/try.h"

namespace kmod::import_kbuild {

// The kernel to build for, and its tools; absolute paths.
struct KernelBuild {
  std::string release;
  std::string directory;  // the argument of make -C
  std::string tools;      // holds usr/bin/make, bash and the compiler
  std::string compiler;
};

// One run of kbuild.
struct KbuildCall {
  std::string directory;                         // M
  std::map<std::string, std::string> variables;  // given to make, on its command line or exported

  bool operator==(const KbuildCall&) const = default;
};

// The words of make's MAKEOVERRIDES, as a command line has them: NAME=VALUE with spaces escaped.
[[nodiscard]] std::map<std::string, std::string> parse_overrides(std::string_view text);

// What the makefile of record_makefile() wrote: the first call for each directory, in their order.
[[nodiscard]] std::vector<KbuildCall> parse_record(std::string_view text);

// The makefiles that it wrote, as absolute paths.
[[nodiscard]] std::set<std::string> parse_makefiles(std::string_view text);

// The text of a makefile that every make reads first (MAKEFILES), and that records the calls.
[[nodiscard]] std::string record_makefile();

struct ProjectBuild {
  base::TemporaryDirectory scratch;
  std::string copy;  // of the project's directory, with what was built
  std::vector<KbuildCall> calls;
  std::set<std::string> makefiles;  // that kbuild read, with those of the kernel
};

// Builds as dkms.conf says, or else by the project's Makefile, or else by kbuild alone. `variables`
// (NAME=VALUE) are for make.
//
// Errors: no module was built. The message has the end of the log.
[[nodiscard]] base::Result<ProjectBuild> build_project(const std::string& directory,
                                                       const KernelBuild& kernel,
                                                       const std::vector<std::string>& variables);

}  // namespace kmod::import_kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_IMPORT_KBUILD_PROJECT_BUILD_H_
