// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_BOOT_FAILURE_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_BOOT_FAILURE_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/vm/verdict/observation.h"

namespace kmod::vm {

// Whether this is what the kernel's decompressor ends with when it cannot go on. It says so before
// there is a kernel log, leaves the line open and stops the processor for good.
[[nodiscard]] bool is_decompressor_end(std::string_view line);

// Why a guest may not have come up to init, as far as the console and the machine's size tell: a
// part of a sentence that begins with "; ". Empty if they do not.
[[nodiscard]] std::string explain_boot_failure(const Observation& seen);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_BOOT_FAILURE_H_
