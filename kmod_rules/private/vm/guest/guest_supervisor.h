// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_GUEST_SUPERVISOR_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_GUEST_SUPERVISOR_H_

#include <cstdint>
#include <optional>

#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/vm/guest/guest_process.h"
#include "kmod_rules/private/vm/wire/console_channel.h"

namespace kmod::vm {

// The work of PID 1 while the shell or the command runs: it reaps processes, forwards the output of
// a command and the size of the terminal, and reacts to poweroff. Create it before the process,
// whose end it would miss otherwise.
class GuestSupervisor {
 public:
  explicit GuestSupervisor(ConsoleChannel& channel);

  // Blocks until `process` has ended or poweroff, reboot or halt was called. Gives the exit status.
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
