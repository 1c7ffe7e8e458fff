// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// How make is called for a module: its environment and its arguments.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_COMMAND_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_COMMAND_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/module/kbuild/kbuild_request.h"
#include "kmod_rules/private/module/kbuild/module_layout.h"

namespace kmod::kbuild {

// Absolute paths, because kbuild changes directories, without symbolic links, because make and the
// compiler resolve those.
struct KbuildPaths {
  std::string work;  // the action's working directory
  std::string kernel_root;
  std::string tools_root;
  std::string module;  // the directory that holds the module
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

// The script in the module's directory that kbuild runs as pahole.
inline constexpr const char* kPaholeScript = ".pahole";

// The text of kPaholeScript. pahole fails on the types of C++ ("Unsupported
// DW_TAG_reference_type"), so the module's BTF describes its C. kbuild puts its own languages to
// exclude into the arguments, and the last list counts.
[[nodiscard]] std::string pahole_script(const KbuildPaths& paths);

// The directory whose Makefile kbuild reads first.
[[nodiscard]] std::string kbuild_directory(const KbuildRequest& request, const KbuildPaths& paths);

// The whole environment; nothing is inherited.
[[nodiscard]] std::vector<std::string> kbuild_environment(const KbuildPaths& paths);

// The command that checks an object that is compiled already, as kbuild does after it compiles one.
[[nodiscard]] std::vector<std::string> objtool_command(const KbuildRequest& request,
                                                       const KbuildPaths& paths,
                                                       const ModuleLayout::Prebuilt& prebuilt);

// The whole command line, which begins with make's path.
[[nodiscard]] std::vector<std::string> kbuild_command(const KbuildRequest& request,
                                                      const KbuildPaths& paths,
                                                      const ModuleLayout& layout);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_COMMAND_H_
