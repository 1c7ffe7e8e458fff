// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_GUEST_FILE_SYSTEMS_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_GUEST_FILE_SYSTEMS_H_

#include <expected>
#include <string>

namespace kmod::vm {

// Gives the guest what a person expects of a Linux system: /proc, /sys with debugfs and tracefs,
// /dev with pseudo-terminals, and writable /tmp and /run.
//
// Errors: one that the rest cannot do without is not to be had. A kernel without debugfs or tracefs
// is no error.
[[nodiscard]] std::expected<void, std::string> mount_file_systems();

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_GUEST_FILE_SYSTEMS_H_
