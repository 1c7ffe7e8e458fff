// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The directories of an action that runs kbuild.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_PATHS_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_PATHS_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"

namespace kmod::kbuild {

// The directory of a module as descriptor 3 of each process of kbuild. It is the same in every
// sandbox.
inline constexpr std::string_view kModuleDescriptorPath = "/proc/self/fd/3";

// Absolute paths, because kbuild changes directories, without symbolic links, because make and the
// compiler resolve those.
struct KbuildPaths {
  std::string work;  // the action's working directory
  std::string kernel_root;
  std::string tools_root;
  std::string module_directory;  // the directory that holds the module
  // The same as kbuild gets it: kModuleDescriptorPath where GCC would write the path into the
  // module, and no option could replace it.
  std::string module;
  std::string temporary;
  std::string pahole;  // the kernel's own; empty if its packages have none
  // Whether kbuild runs the compiler in the module's directory, with paths relative to it, as since
  // Linux 6.13, and not in the kernel's.
  bool compiles_in_module = false;

  // make cannot handle a path with a space, a colon or its own special characters, and the compiler
  // cannot handle a prefix map of a path with an equals sign.
  //
  // Errors: such a path, with the character; for a character in the package, what to rename.
  [[nodiscard]] base::Status check() const;
};

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_PATHS_H_
