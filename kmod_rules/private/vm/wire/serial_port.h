// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_SERIAL_PORT_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_SERIAL_PORT_H_

#include <expected>
#include <string>

namespace kmod::vm {

// Opens a serial port of the guest for bytes of any value: raw, blocking, closed on exec. The
// caller closes it.
//
// Errors: the device cannot be opened or is no terminal.
[[nodiscard]] std::expected<int, std::string> open_serial_port(const char* device);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_SERIAL_PORT_H_
