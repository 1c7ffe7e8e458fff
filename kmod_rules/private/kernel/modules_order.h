// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// kbuild's list of the modules that it built.
#ifndef KMOD_RULES_PRIVATE_KERNEL_MODULES_ORDER_H_
#define KMOD_RULES_PRIVATE_KERNEL_MODULES_ORDER_H_

#include <string>
#include <vector>

namespace kmod::kernel {

// The paths, without an extension, of the modules that `directory`/modules.order lists, also of
// those that the Makefiles build above the directory from objects such as ../echo/echo.o. Empty if
// there is no list. kbuild lists NAME.ko, or NAME.o, by a path that is absolute or from the
// directory.
[[nodiscard]] std::vector<std::string> listed_modules(const std::string& directory);

}  // namespace kmod::kernel

#endif  // KMOD_RULES_PRIVATE_KERNEL_MODULES_ORDER_H_
