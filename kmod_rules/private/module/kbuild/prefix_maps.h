// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The compiler options that keep absolute paths out of what kbuild compiles.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_PREFIX_MAPS_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_PREFIX_MAPS_H_

#include <string>
#include <vector>

#include "kmod_rules/private/module/kbuild/kbuild_paths.h"
#include "kmod_rules/private/module/kbuild/kbuild_request.h"
#include "kmod_rules/private/module/kbuild/module_layout.h"

namespace kmod::kbuild {

// The file in the module's directory that holds the options. One argument of a command may have
// 128 KiB (MAX_ARG_STRLEN), and kbuild's shells pass all options in one.
inline constexpr const char* kPrefixMapFile = ".prefix_maps";

// The options, assembler and .mod.c included. Sources appear under their path in the workspace, the
// kernel's headers under the path to which its packages install them.
//
// A directory of sources takes one option, and so does each file whose directory in the workspace
// is another than that of most files beside it. GCC tries the options from the last to the first.
[[nodiscard]] std::vector<std::string> prefix_maps(const KbuildRequest& request,
                                                   const KbuildPaths& paths,
                                                   const ModuleLayout& layout);

// The contents of kPrefixMapFile.
[[nodiscard]] std::string prefix_map_file(const KbuildRequest& request, const KbuildPaths& paths,
                                          const ModuleLayout& layout);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_PREFIX_MAPS_H_
