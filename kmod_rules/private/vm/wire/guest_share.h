// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_GUEST_SHARE_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_GUEST_SHARE_H_

#include <expected>
#include <string>

namespace kmod::vm {

// Under which name the host offers its folder, and where the guest has it.
inline constexpr const char* kShareTag = "share";
inline constexpr const char* kSharePath = "/share";

// Loads the kernel's own drivers for it from /lib/modules, as far as they are no part of the
// kernel, and mounts the host's folder.
//
// Errors: the kernel cannot; the message names it and says what to do.
[[nodiscard]] std::expected<void, std::string> mount_share(bool read_only);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_GUEST_SHARE_H_
