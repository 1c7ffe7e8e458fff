// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_LOAD_REASON_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_LOAD_REASON_H_

#include <span>
#include <string>
#include <string_view>

namespace kmod::vm {

// Why the kernel's loader refused a module, in the kernel's words: the last such line of the log.
// Empty if it said nothing: then the errno may be the loader's or that of the module's own init.
[[nodiscard]] std::string find_load_reason(std::string_view module,
                                           std::span<const std::string> log);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_LOAD_REASON_H_
