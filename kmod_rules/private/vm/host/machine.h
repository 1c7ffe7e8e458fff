// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_MACHINE_H_
#define KMOD_RULES_PRIVATE_VM_HOST_MACHINE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/base/flags.h"

namespace kmod::vm {

enum class Accelerator : std::uint8_t { kTcg, kKvm };

// A virtual machine (VM) for QEMU to run, and the kernel that boots in it.
struct Machine {
  std::string qemu;                    // the program
  std::vector<std::string> qemu_data;  // directories with QEMU's firmware files
  std::string qemu_modules;            // directory of QEMU's shared objects, may be empty
  std::string kernel;                  // a bzImage
  std::string initramfs;
  std::string type = "microvm";
  Accelerator accelerator = Accelerator::kTcg;
  std::uint32_t cpus = 1;
  std::uint32_t memory_mib = 256;
  std::vector<std::string> devices;           // on a PCI bus, as QEMU's option -device takes them
  std::vector<std::string> kernel_arguments;  // they follow the default ones, and the last counts

  // A socket at the descriptor kFirstFurtherFd is QEMU's monitor, for a program.
  bool has_monitor_socket = false;
  // Has QEMU continue a VM whose state is at the descriptor kFirstFurtherFd (snapshot.h).
  bool restored = false;

  bool survives_warnings = false;         // else a warning of the kernel ends the VM
  bool console_has_priorities = false;    // the form of lines that parse_console_line() takes
  bool monitor = false;                   // Ctrl-A on the console is a key of QEMU's own
  bool share = false;                     // virtiofsd is at the socket kFirstFurtherFd
  std::optional<std::uint16_t> gdb_port;  // on which QEMU listens for a debugger, on 127.0.0.1
};

// Declares the flags that vm_runner and vm_console have in common. They set `machine`.
void add_machine_flags(base::Flags& flags, Machine& machine);

// How long init may take until it is ready, in milliseconds: emulated, a kernel boots in less than
// two seconds, and the rest is for a host that is busy with many tests. With KVM a boot takes well
// under a second or never ends.
[[nodiscard]] std::int64_t default_boot_limit_ms(const Machine& machine);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_MACHINE_H_
