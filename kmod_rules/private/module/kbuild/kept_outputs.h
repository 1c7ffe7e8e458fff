// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Checks what kbuild has built, and copies it to the outputs of the action.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_KEPT_OUTPUTS_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_KEPT_OUTPUTS_H_

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/module/kbuild/kbuild_command.h"
#include "kmod_rules/private/module/kbuild/kbuild_request.h"
#include "kmod_rules/private/module/kbuild/module_layout.h"

namespace kmod::kbuild {

// Errors: two of the modules that this one depends on, or one of them and the kernel, export the
// same symbol; the message does not name the target.
[[nodiscard]] base::Status check_exports_before_build(const KbuildRequest& request,
                                                      const KbuildPaths& paths);

// Keeps the .ko, with and without debug information, and its Module.symvers.
//
// Errors: the module exports what others export, or has relocations that the module loader refuses.
[[nodiscard]] base::Status keep_module(const KbuildRequest& request, const KbuildPaths& paths,
                                       const ModuleLayout& layout);

// Keeps the same of each module of a project.
//
// Errors: as for keep_module(), and a module that was not built.
[[nodiscard]] base::Status keep_project(const KbuildRequest& request, const KbuildPaths& paths);

// Keeps the objects of a library.
[[nodiscard]] base::Status keep_objects(const KbuildRequest& request, const KbuildPaths& paths,
                                        const ModuleLayout& layout);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_KEPT_OUTPUTS_H_
