// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The modules that the Makefiles of a project built, compared with those that the target names.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_BUILT_MODULES_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_BUILT_MODULES_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/module/kbuild/kbuild_request.h"

namespace kmod::kbuild {

struct BuiltModuleFile {
  std::string name;
  std::string file;     // the .ko
  std::string symvers;  // the lines of Module.symvers for what it exports
  std::string output_directory;
};

// Finds the modules below `directory`, which has the Module.symvers of all of them, and those above
// it that its modules.order lists.
//
// Errors: the modules are not those of --built; two of them have one name or export one symbol; one
// uses symbols of another without --uses. The message says what to write, without the target.
[[nodiscard]] base::Result<std::vector<BuiltModuleFile>> find_built_modules(
    const KbuildRequest& request, const std::string& directory);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_BUILT_MODULES_H_
