// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_HOST_TSC_H_
#define KMOD_RULES_PRIVATE_VM_HOST_HOST_TSC_H_

#include <cstdint>
#include <optional>

namespace kmod::vm {

// The frequency of this machine's time stamp counter in kHz, measured in about 5 ms; nothing on a
// processor that has none. Under emulation it is the guest's as well.
[[nodiscard]] std::optional<std::uint32_t> measure_host_tsc_khz();

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_HOST_TSC_H_
