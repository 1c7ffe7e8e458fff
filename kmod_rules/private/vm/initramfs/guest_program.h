// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_INITRAMFS_GUEST_PROGRAM_H_
#define KMOD_RULES_PRIVATE_VM_INITRAMFS_GUEST_PROGRAM_H_

#include <string_view>

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

// Whether a program can run in a guest that has no libraries and no shell.
//
// Errors: the bytes are not an ELF program for x86-64, or the program needs a dynamic loader. The
// message says what is wrong and what to do, without the file's name, which the caller knows.
[[nodiscard]] base::Status check_guest_program(std::string_view bytes);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_INITRAMFS_GUEST_PROGRAM_H_
