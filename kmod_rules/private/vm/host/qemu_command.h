// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_QEMU_COMMAND_H_
#define KMOD_RULES_PRIVATE_VM_HOST_QEMU_COMMAND_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/host/runner_options.h"

namespace kmod::vm {

// The sockets that QEMU inherits under these numbers.
inline constexpr int kConsoleFd = 3;
inline constexpr int kChannelFd = 4;
inline constexpr int kFirstFurtherFd = 5;

// Whether the console is also that of QEMU's monitor; Ctrl-A is then a key of QEMU's own.
enum class ConsoleUse { kGuestOnly, kGuestAndMonitor };

// QEMU's command line, beginning with the program. `host_tsc_khz` is from measure_host_tsc_khz().
[[nodiscard]] std::vector<std::string> qemu_command(const RunnerOptions& options,
                                                    std::optional<std::uint32_t> host_tsc_khz,
                                                    ConsoleUse use = ConsoleUse::kGuestOnly);

// QEMU's whole environment: nothing of the runner's own gets in.
[[nodiscard]] std::vector<std::string> qemu_environment(const RunnerOptions& options);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_QEMU_COMMAND_H_
