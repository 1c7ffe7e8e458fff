// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/kbuild_paths.h"

#include <fmt/core.h>

#include <string_view>

namespace kmod::kbuild {

base::Status KbuildPaths::check() const {
  // Commas separate the arguments of functions of make, and options such as -Wp,-MMD.
  constexpr std::string_view kBad = " \t\n:=#$%'\"\\;&|()<>*?[]`,";
  for (const std::string* path : {&work, &kernel_root, &tools_root}) {
    const std::size_t bad = path->find_first_of(kBad);
    if (bad == std::string::npos) continue;
    return std::unexpected(fmt::format(
        "kbuild cannot work in {}, because of the '{}'. Move Bazel's output base to a path "
        "without it, with --output_user_root or --output_base",
        *path, (*path)[bad]));
  }
  // Below `work`, Bazel names directories after packages and targets.
  if (const std::size_t bad = module_directory.find_first_of(kBad); bad != std::string::npos) {
    return std::unexpected(fmt::format(
        "kbuild cannot work in a package or for a target whose name has a '{}'. Rename the "
        "directory of the package, or the target",
        module_directory[bad]));
  }
  return {};
}

}  // namespace kmod::kbuild
