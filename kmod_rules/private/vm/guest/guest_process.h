// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_GUEST_PROCESS_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_GUEST_PROCESS_H_

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/wire/console_message.h"

namespace kmod::vm {

inline constexpr const char* kConsoleDevice = "/dev/ttyS0";

// What the guest runs for its user: a shell on the console, or one command.
struct GuestProcess {
  pid_t pid = -1;               // init reaps it
  base::FileDescriptor output;  // of a command; non-blocking
  base::FileDescriptor errors;
};

// An interactive shell in a session of its own, with the console as controlling terminal. It starts
// in `directory`.
//
// Errors: the process cannot be created, or the shell cannot be executed.
[[nodiscard]] base::Result<GuestProcess> start_shell(const SetupMessage& setup,
                                                     const std::string& directory);

// `/bin/sh -c COMMAND` in a session of its own, without a terminal.
//
// Errors: as start_shell().
[[nodiscard]] base::Result<GuestProcess> start_command(const SetupMessage& setup,
                                                       const std::string& directory);

// Tells the programs on the console the size of the terminal that shows it.
void set_console_size(const WindowSize& window);

// As a shell gives it: the exit status, or 128 and the signal's number.
[[nodiscard]] std::uint8_t shell_status(int wait_status);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_GUEST_PROCESS_H_
