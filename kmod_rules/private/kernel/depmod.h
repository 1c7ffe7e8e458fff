// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Runs depmod over modules that are not installed.
#ifndef KMOD_RULES_PRIVATE_KERNEL_DEPMOD_H_
#define KMOD_RULES_PRIVATE_KERNEL_DEPMOD_H_

#include <string>

#include "kmod_rules/private/base/try.h"

namespace kmod::kernel {

// Indexes the modules in `root`/lib/modules/`release` with the program `depmod`, which writes its
// files there. Nothing of the host's configuration counts. Returns what depmod prints: it reports a
// module that it cannot read, and succeeds.
//
// Errors: depmod cannot start or fails; the message has what it prints.
[[nodiscard]] base::Result<std::string> run_depmod(const std::string& depmod,
                                                   const std::string& root,
                                                   const std::string& release);

}  // namespace kmod::kernel

#endif  // KMOD_RULES_PRIVATE_KERNEL_DEPMOD_H_
