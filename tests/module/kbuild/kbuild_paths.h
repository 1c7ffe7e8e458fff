// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The directories of a made-up action, for tests.
#ifndef TESTS_MODULE_KBUILD_KBUILD_PATHS_H_
#define TESTS_MODULE_KBUILD_KBUILD_PATHS_H_

#include "kmod_rules/private/module/kbuild/kbuild_command.h"

namespace kmod::kbuild {

inline const KbuildPaths kPaths = {.work = "/w",
                                   .kernel_root = "/k",
                                   .tools_root = "/t",
                                   .module_directory = "/w/out/module",
                                   .module = "/w/out/module",
                                   .temporary = "/w/out/tmp",
                                   .pahole = "",
                                   .compiles_in_module = false};

}  // namespace kmod::kbuild

#endif  // TESTS_MODULE_KBUILD_KBUILD_PATHS_H_
