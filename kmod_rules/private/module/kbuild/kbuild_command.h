// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// How make is called for a module: its environment and its arguments.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_COMMAND_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_COMMAND_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/module/kbuild/kbuild_paths.h"
#include "kmod_rules/private/module/kbuild/kbuild_request.h"
#include "kmod_rules/private/module/kbuild/kbuild_steps.h"
#include "kmod_rules/private/module/kbuild/module_layout.h"

namespace kmod::kbuild {

// The script in the module's directory that kbuild runs as pahole.
inline constexpr const char* kPaholeScript = ".pahole";

// The text of kPaholeScript. pahole fails on the types of C++ ("Unsupported
// DW_TAG_reference_type"), so the module's BTF describes its C. kbuild puts its own languages to
// exclude into the arguments, and the last list counts.
[[nodiscard]] std::string pahole_script(const KbuildPaths& paths);

// The directory whose Makefile kbuild reads first.
[[nodiscard]] std::string kbuild_directory(const KbuildRequest& request, const KbuildPaths& paths);

// The list of what the kernel exports.
[[nodiscard]] std::string kernel_symvers(const KbuildRequest& request, const KbuildPaths& paths);

// The whole environment; nothing is inherited.
[[nodiscard]] std::vector<std::string> kbuild_environment(const KbuildPaths& paths);

// The command that checks an object that is compiled already, as kbuild does after it compiles one.
[[nodiscard]] std::vector<std::string> objtool_command(const KbuildRequest& request,
                                                       const KbuildPaths& paths,
                                                       const ModuleLayout::Prebuilt& prebuilt);

// The calls of make, each with its whole environment. `steps` are those of the kernel, or null.
// Without them, and for a project, whose variables the top Makefile may read, it is one call of the
// kernel's top Makefile.
[[nodiscard]] std::vector<base::Command> kbuild_commands(const KbuildRequest& request,
                                                         const KbuildPaths& paths,
                                                         const ModuleLayout& layout,
                                                         const KbuildSteps* steps);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_COMMAND_H_
