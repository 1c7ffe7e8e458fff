// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_INITRAMFS_GUEST_PROGRAM_H_
#define KMOD_RULES_PRIVATE_VM_INITRAMFS_GUEST_PROGRAM_H_

#include <expected>
#include <string>
#include <string_view>

namespace kmod::vm {

// Whether a program can run in a guest that has no libraries and no shell.
//
// Errors: the bytes are no ELF program for x86-64, or one that needs a dynamic loader. The message
// says what it is and what to do, without the file's name, which the caller knows.
[[nodiscard]] std::expected<void, std::string> check_guest_program(std::string_view bytes);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_INITRAMFS_GUEST_PROGRAM_H_
