// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_GUEST_SHARE_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_GUEST_SHARE_H_

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

// Loads the kernel's own drivers for a share from /lib/modules, if they are not built in, and
// mounts the host's directory at kSharePath.
//
// Errors: the kernel cannot mount it; the message names the kernel and says what to do.
[[nodiscard]] base::Status mount_share(bool read_only);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_GUEST_SHARE_H_
