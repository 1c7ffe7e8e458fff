// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_SNAPSHOT_QEMU_MONITOR_H_
#define KMOD_RULES_PRIVATE_VM_SNAPSHOT_QEMU_MONITOR_H_

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

// Has the QEMU whose monitor (HMP) is at the socket `monitor` write the state of its VM to the file
// `file`. The VM stands still afterwards.
//
// Errors: QEMU ends, does not answer within ten minutes, or cannot write. The message has what it
// said.
[[nodiscard]] base::Status save_state(int monitor, int file);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_SNAPSHOT_QEMU_MONITOR_H_
