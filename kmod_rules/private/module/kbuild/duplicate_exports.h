// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Finds symbols that two modules export: the kernel loads only one of them. modpost accepts them,
// unless one is the kernel itself.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_DUPLICATE_EXPORTS_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_DUPLICATE_EXPORTS_H_

#include <string_view>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/kernel/symvers.h"

namespace kmod::kbuild {

// Errors: two modules of module_deps, or one of them and the kernel, export the same symbol. The
// message names both, without the target.
[[nodiscard]] base::Status check_exports_of_deps(const kernel::Symvers& deps,
                                                 const kernel::Symvers& kernel);

// `own` are the exports of the module `name`.
//
// Errors: the kernel, a module of it with another name, or one of module_deps exports one of them.
[[nodiscard]] base::Status check_own_exports(std::string_view name, const kernel::Symvers& own,
                                             const kernel::Symvers& deps,
                                             const kernel::Symvers& kernel);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_DUPLICATE_EXPORTS_H_
