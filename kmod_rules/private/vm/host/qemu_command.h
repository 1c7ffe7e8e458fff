// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_QEMU_COMMAND_H_
#define KMOD_RULES_PRIVATE_VM_HOST_QEMU_COMMAND_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/host/machine.h"

namespace kmod::vm {

// The sockets that QEMU inherits under these numbers.
inline constexpr int kConsoleFd = 3;
inline constexpr int kChannelFd = 4;
inline constexpr int kFirstFurtherFd = 5;

// QEMU's command line, beginning with the program. `host_tsc_khz` is from measure_host_tsc_khz().
[[nodiscard]] std::vector<std::string> qemu_command(const Machine& machine,
                                                    std::optional<std::uint32_t> host_tsc_khz);

// QEMU's whole environment: QEMU inherits no variable.
[[nodiscard]] std::vector<std::string> qemu_environment(const Machine& machine);

// The frequency of the host's time stamp counter in kHz, measured in about 5 ms; nothing on a
// processor that has none. Under emulation it is also the guest's.
[[nodiscard]] std::optional<std::uint32_t> measure_host_tsc_khz();

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_QEMU_COMMAND_H_
