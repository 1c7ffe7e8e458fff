// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Checks a .ko that was built elsewhere as the kernel's loader does.
#ifndef KMOD_RULES_PRIVATE_MODULE_IMPORT_IMPORTED_MODULE_H_
#define KMOD_RULES_PRIVATE_MODULE_IMPORT_IMPORTED_MODULE_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/kernel/module_info.h"
#include "kmod_rules/private/kernel/symvers.h"

namespace kmod::module_import {

// The vermagic of a kernel for x86-64, from its release and the text of its .config
// (include/linux/vermagic.h).
[[nodiscard]] std::string vermagic_of(std::string_view release, std::string_view config);

// Errors: the kernel would refuse the module because of its vermagic. With versions of symbols, the
// kernel does not compare the release.
[[nodiscard]] base::Status check_vermagic(const kernel::ModuleInfo& module,
                                          std::string_view vermagic);

// Errors: a symbol that the module uses is exported by nothing, or with another version.
[[nodiscard]] base::Status check_symbols(const kernel::ModuleInfo& module,
                                         const kernel::Symvers& exports);

// The lines of a Module.symvers for what the module exports, with the module's name. The file may
// be of a build of many modules.
//
// Errors: the file lacks an export of the module.
[[nodiscard]] base::Result<std::string> own_symvers(const kernel::ModuleInfo& module,
                                                    std::string_view name,
                                                    const std::string& symvers,
                                                    const std::string& file);

}  // namespace kmod::module_import

#endif  // KMOD_RULES_PRIVATE_MODULE_IMPORT_IMPORTED_MODULE_H_
