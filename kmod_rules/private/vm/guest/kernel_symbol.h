// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_KERNEL_SYMBOL_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_KERNEL_SYMBOL_H_

#include <cstdint>
#include <string>

namespace kmod::vm {

// The address of a function of the running kernel, 0 if /proc/kallsyms does not have it. Root alone
// sees addresses.
[[nodiscard]] std::uint64_t find_kernel_symbol(const std::string& name);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_KERNEL_SYMBOL_H_
