// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_GDB_PORT_H_
#define KMOD_RULES_PRIVATE_VM_HOST_GDB_PORT_H_

#include <cstdint>
#include <expected>
#include <string>

namespace kmod::vm {

// Makes sure that QEMU can listen on this port of 127.0.0.1; for 0 finds one that is free.
//
// Errors: something else listens there.
[[nodiscard]] std::expected<std::uint16_t, std::string> find_gdb_port(std::uint16_t wanted);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_GDB_PORT_H_
