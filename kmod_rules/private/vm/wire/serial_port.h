// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_SERIAL_PORT_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_SERIAL_PORT_H_

#include <string>

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

// Opens a serial port of the guest for bytes of any value: raw, blocking, closed on exec. The
// caller closes it.
//
// Errors: the device cannot be opened or is not a terminal.
[[nodiscard]] base::Result<int> open_serial_port(const char* device);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_SERIAL_PORT_H_
