// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What make_snapshot writes beside the state of a VM, for vm_runner to know whether it may restore
// the state.
#ifndef KMOD_RULES_PRIVATE_VM_HOST_SNAPSHOT_H_
#define KMOD_RULES_PRIVATE_VM_HOST_SNAPSHOT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/host/machine.h"

namespace kmod::vm {

// A text of the machine and of the frequency of the host's time stamp counter, which is the clock
// of an emulated kernel; 0 on a processor that has none.
[[nodiscard]] std::string describe_snapshot(const Machine& machine, std::uint32_t tsc_khz);

// Why `machine` has to boot on a host of this frequency, instead of being restored from a snapshot
// with this description: a part of a sentence. Nothing if it can be restored.
//
// Errors: the text is no description.
[[nodiscard]] base::Result<std::optional<std::string>> why_boot(std::string_view description,
                                                                const Machine& machine,
                                                                std::uint32_t tsc_khz);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_SNAPSHOT_H_
