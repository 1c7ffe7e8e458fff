// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/qemu_command.h"

#include <string_view>

namespace kmod::vm {
namespace {

// What a stock kernel can be told to look for, on by default; docs/vm_tests.md says what each finds
// and costs. A kernel ignores what it was not configured for. The test's own arguments come behind
// these, and the last one counts.
constexpr std::string_view kDebugArguments =
    // Slab memory: red zones, poison, consistency checks, and who allocated and freed it.
    " slub_debug=FZPU"
    // Pages: a pattern, or at least zeros, where they are freed.
    " page_poison=1 init_on_free=1"
    // Lockups: a soft one is told after twice the threshold, in seconds, and ends the machine.
    " watchdog_thresh=5 softlockup_panic=1"
    " sysctl.kernel.hung_task_timeout_secs=30 hung_task_panic=1"
    // The self tests of cryptography take a tenth of a boot. Init switches them on again, for
    // modules that register algorithms.
    " cryptomgr.notests=1";

std::string kernel_command_line(const RunnerOptions& options,
                                std::optional<std::uint32_t> host_tsc_khz) {
  // panic=-1: a panic resets at once, and -no-reboot makes that the end of QEMU. reboot=t: a triple
  // fault is the way to reset that every machine type has; the others are tried for up to a second.
  // log_buf_len: init cannot read while a module floods the log from its one CPU.
  // earlyprintk: the kernel's decompressor has no other console to say that it cannot go on, nor
  // has the kernel until half a second later.
  std::string line = "console=ttyS0 earlyprintk=ttyS0 panic=-1 reboot=t log_buf_len=1M";
  line += kDebugArguments;
  // Where warnings are allowed, the machine has to live on behind one.
  line += options.expectation.allowed.empty() ? " panic_on_warn=1" : " panic_on_warn=0";
  // Left to itself the kernel calibrates its TSC against the timer chip, and later watches it
  // against its ticks. On a busy host both go wrong, and microvm has no other clock to fall back
  // to: 7 of 30 boots on two busy cores hung in early boot, none of 60 with the frequency given and
  // trusted. With KVM the guest has it from the hypervisor.
  if (host_tsc_khz && options.accelerator == Accelerator::kTcg) {
    line += " tsc=reliable tsc_early_khz=" + std::to_string(*host_tsc_khz);
  }
  for (const std::string& argument : options.kernel_arguments) line += " " + argument;
  return line;
}

}  // namespace

std::vector<std::string> qemu_command(const RunnerOptions& options,
                                      std::optional<std::uint32_t> host_tsc_khz, ConsoleUse use) {
  const bool monitor = use == ConsoleUse::kGuestAndMonitor;
  const bool kvm = options.accelerator == Accelerator::kKvm;
  std::vector<std::string> command = {
      options.qemu,
      "-nodefaults",
      "-no-user-config",
      "-no-reboot",
      "-display",
      "none",
      "-nic",
      "none",
      "-machine",
      options.machine,
      "-accel",
      kvm ? "kvm" : "tcg",
      // The most that the emulator or the host can do, with SMEP and SMAP, which catch a module
      // that follows a user's pointer, and with RDRAND, which spares the guest a wait for entropy.
      "-cpu",
      "max",
      "-smp",
      std::to_string(options.cpus),
      "-m",
      std::to_string(options.memory_mib),
      "-chardev",
      "socket,id=console,fd=" + std::to_string(kConsoleFd) + (monitor ? ",mux=on" : ""),
      "-serial",
      "chardev:console",
      "-chardev",
      "socket,id=channel,fd=" + std::to_string(kChannelFd),
      // microvm makes one serial port by itself and no more; a second one where every PC has it
      // works on all machine types.
      "-device",
      "isa-serial,chardev=channel,index=1",
      "-kernel",
      options.kernel,
      "-initrd",
      options.initramfs,
      "-append",
      kernel_command_line(options, host_tsc_khz),
  };
  if (monitor) command.insert(command.end(), {"-mon", "chardev=console"});
  for (const std::string& directory : options.qemu_data) {
    command.emplace_back("-L");
    command.push_back(directory);
  }
  return command;
}

std::vector<std::string> qemu_environment(const RunnerOptions& options) {
  // UTC as an offset, which needs no file: with TZ=UTC, or none, glibc reads one of the host's.
  std::vector<std::string> environment = {"LC_ALL=C", "TZ=UTC0"};
  // Debian builds the emulator itself (accel-tcg-x86_64.so) as a shared object and looks for it in
  // a fixed place.
  if (!options.qemu_modules.empty()) {
    environment.push_back("QEMU_MODULE_DIR=" + options.qemu_modules);
  }
  return environment;
}

}  // namespace kmod::vm
