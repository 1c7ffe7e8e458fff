// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_CONSOLE_QEMU_COMMAND_H_
#define KMOD_RULES_PRIVATE_VM_HOST_CONSOLE_QEMU_COMMAND_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/host/console_options.h"

namespace kmod::vm {

// QEMU's command line for vm_console: that of a test, and what a person may ask for besides. With a
// share, its socket is inherited as kFirstFurtherFd.
[[nodiscard]] std::vector<std::string> console_qemu_command(
    const ConsoleOptions& options, std::optional<std::uint32_t> host_tsc_khz);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_CONSOLE_QEMU_COMMAND_H_
