// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_GUEST_SUPERVISOR_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_GUEST_SUPERVISOR_H_

#include <cstdint>
#include <optional>

#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/vm/guest/guest_process.h"
#include "kmod_rules/private/vm/wire/console_channel.h"

namespace kmod::vm {

// Does what is left to do for PID 1 while the shell or the command runs: reaps, passes on what a
// command writes and how large the terminal is, and hears poweroff. To be made before the process
// is started, which must not end unheard.
class GuestSupervisor {
 public:
  explicit GuestSupervisor(ConsoleChannel& channel);

  // Blocks until `process` has ended or the machine is told to end. Gives the exit status.
  [[nodiscard]] std::uint8_t run(GuestProcess process);

 private:
  void forward(base::FileDescriptor& from, bool error_stream);
  [[nodiscard]] std::optional<std::uint8_t> handle_signals(pid_t awaited);
  void handle_messages();

  ConsoleChannel& channel_;
  base::FileDescriptor signals_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_GUEST_SUPERVISOR_H_
