// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/console_qemu_command.h"

#include "kmod_rules/private/vm/host/qemu_command.h"
#include "kmod_rules/private/vm/wire/guest_share.h"

namespace kmod::vm {

std::vector<std::string> console_qemu_command(const ConsoleOptions& options,
                                              std::optional<std::uint32_t> host_tsc_khz) {
  const RunnerOptions& machine = options.machine;
  std::vector<std::string> command =
      qemu_command(machine, host_tsc_khz,
                   options.command ? ConsoleUse::kGuestOnly : ConsoleUse::kGuestAndMonitor);
  if (options.share) {
    // virtiofsd reads and writes the guest's memory, so it has to be shared; a memfd needs no
    // /dev/shm. The device is virtio-mmio's, which microvm announces by ACPI.
    command.insert(
        command.end(),
        {"-object",
         "memory-backend-memfd,id=memory,share=on,size=" + std::to_string(machine.memory_mib) + "M",
         "-machine", "memory-backend=memory", "-chardev",
         "socket,id=share,fd=" + std::to_string(kFirstFurtherFd), "-device",
         std::string("vhost-user-fs-device,chardev=share,tag=") + kShareTag});
  }
  if (options.gdb_port) {
    command.insert(command.end(), {"-gdb", "tcp:127.0.0.1:" + std::to_string(*options.gdb_port)});
  }
  return command;
}

}  // namespace kmod::vm
