// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/qemu_command.h"

#include <fmt/core.h>
#include <time.h>

#include <string_view>

#include "kmod_rules/private/vm/wire/console_message.h"

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace kmod::vm {
namespace {

// Checks that a stock kernel can make, on by default; docs/vm_tests.md says what each finds and
// costs. A kernel ignores arguments that it was not configured for. The test's own arguments follow
// these, and the last one counts.
constexpr std::string_view kDebugArguments =
    // Slab memory: red zones, poison, consistency checks, and who allocated and freed it.
    " slub_debug=FZPU"
    // Pages: a pattern, or at least zeros, where they are freed.
    " page_poison=1 init_on_free=1"
    // Lockups: the kernel reports a soft one after twice the threshold, in seconds, and panics.
    " watchdog_thresh=5 softlockup_panic=1"
    " sysctl.kernel.hung_task_timeout_secs=30 hung_task_panic=1"
    // The self tests of cryptography take a tenth of a boot. Init switches them on again, for
    // modules that register algorithms.
    " cryptomgr.notests=1";

std::string kernel_command_line(const Machine& machine, std::optional<std::uint32_t> host_tsc_khz) {
  // panic=-1: a panic resets the VM at once, and -no-reboot turns the reset into the end of QEMU.
  // reboot=t: every machine type can reset by a triple fault; the kernel tries other ways for up to
  // a second. log_buf_len: init cannot read while a module floods the log from its one CPU.
  // earlyprintk: the kernel's decompressor has no other console for its errors, nor has the kernel
  // in its first half second.
  std::string line = "console=ttyS0 earlyprintk=ttyS0 panic=-1 reboot=t log_buf_len=1M";
  line += kDebugArguments;
  line += machine.survives_warnings ? " panic_on_warn=0" : " panic_on_warn=1";
  // By default the kernel calibrates its TSC against the timer chip and later compares it with its
  // ticks. On a busy host both go wrong, and microvm has no other clock to fall back to: 7 of 30
  // boots on two busy cores hung in early boot, and 0 of 60 with the frequency given and trusted.
  // With KVM the hypervisor tells the guest.
  if (host_tsc_khz && machine.accelerator == Accelerator::kTcg) {
    line += fmt::format(" tsc=reliable tsc_early_khz={}", *host_tsc_khz);
  }
  for (const std::string& argument : machine.kernel_arguments) line += " " + argument;
  // After those of the test: the runner depends on it.
  if (machine.console_has_priorities) line += " printk.time=1 console_msg_format=syslog";
  return line;
}

}  // namespace

std::vector<std::string> qemu_command(const Machine& machine,
                                      std::optional<std::uint32_t> host_tsc_khz) {
  std::vector<std::string> command = {
      machine.qemu,
      "-nodefaults",
      "-no-user-config",
      "-no-reboot",
      "-display",
      "none",
      "-nic",
      "none",
      "-machine",
      machine.devices.empty() ? machine.type : machine.type + ",pcie=on",
      "-accel",
      machine.accelerator == Accelerator::kKvm ? "kvm" : "tcg",
      // All that the emulator or the host can do: SMEP and SMAP catch a module that follows a user
      // pointer, and with RDRAND the guest does not wait for entropy.
      "-cpu",
      "max",
      "-smp",
      std::to_string(machine.cpus),
      "-m",
      std::to_string(machine.memory_mib),
      "-chardev",
      fmt::format("socket,id=console,fd={}{}", kConsoleFd, machine.monitor ? ",mux=on" : ""),
      "-serial",
      "chardev:console",
      "-chardev",
      fmt::format("socket,id=channel,fd={}", kChannelFd),
      // microvm has one serial port. A second one at a PC's usual address works on all machine
      // types.
      "-device",
      "isa-serial,chardev=channel,index=1",
      "-kernel",
      machine.kernel,
      "-initrd",
      machine.initramfs,
      "-append",
      kernel_command_line(machine, host_tsc_khz),
  };
  if (machine.monitor) command.insert(command.end(), {"-mon", "chardev=console"});
  for (const std::string& directory : machine.qemu_data) {
    command.emplace_back("-L");
    command.push_back(directory);
  }
  for (const std::string& device : machine.devices) {
    command.insert(command.end(), {"-device", device});
  }
  if (machine.share) {
    // virtiofsd reads and writes the guest's memory, which has to be shared for that; a memfd needs
    // no /dev/shm. The device is virtio-mmio's, which microvm announces by ACPI.
    command.insert(
        command.end(),
        {"-object",
         fmt::format("memory-backend-memfd,id=memory,share=on,size={}M", machine.memory_mib),
         "-machine", "memory-backend=memory", "-chardev",
         fmt::format("socket,id=share,fd={}", kFirstFurtherFd), "-device",
         fmt::format("vhost-user-fs-device,chardev=share,tag={}", kShareTag)});
  }
  if (machine.has_monitor_socket) {
    command.insert(command.end(),
                   {"-chardev", fmt::format("socket,id=monitor,fd={}", kFirstFurtherFd), "-mon",
                    "chardev=monitor,mode=readline"});
  }
  if (machine.restored) {
    command.insert(command.end(), {"-incoming", fmt::format("fd:{}", kFirstFurtherFd)});
  }
  if (machine.gdb_port) {
    command.insert(command.end(), {"-gdb", fmt::format("tcp:127.0.0.1:{}", *machine.gdb_port)});
  }
  return command;
}

std::vector<std::string> qemu_environment(const Machine& machine) {
  // UTC as an offset, which needs no file: with TZ=UTC, or without TZ, glibc reads a file of the
  // host.
  std::vector<std::string> environment = {"LC_ALL=C", "TZ=UTC0"};
  // Debian builds the emulator (accel-tcg-x86_64.so) as a shared object, and QEMU looks for it in a
  // fixed place.
  if (!machine.qemu_modules.empty()) {
    environment.push_back("QEMU_MODULE_DIR=" + machine.qemu_modules);
  }
  return environment;
}

#if defined(__x86_64__)
namespace {

struct Reading {
  std::uint64_t ns = 0;
  std::uint64_t ticks = 0;
};

// Takes the one of a few tries in which the least time passed around the clock: an interrupt in
// between would spoil the pair.
Reading read_both() {
  Reading best;
  std::uint64_t least = UINT64_MAX;
  for (int i = 0; i < 8; ++i) {
    timespec now = {};
    const std::uint64_t before = __rdtsc();
    clock_gettime(CLOCK_MONOTONIC, &now);
    const std::uint64_t after = __rdtsc();
    if (after - before >= least) continue;
    least = after - before;
    best.ns = static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 +
              static_cast<std::uint64_t>(now.tv_nsec);
    best.ticks = before + least / 2;
  }
  return best;
}

}  // namespace

std::optional<std::uint32_t> measure_host_tsc_khz() {
  const Reading begin = read_both();
  const timespec pause = {0, 5'000'000};
  nanosleep(&pause, nullptr);
  const Reading end = read_both();
  return static_cast<std::uint32_t>((end.ticks - begin.ticks) * 1'000'000 / (end.ns - begin.ns));
}
#else
std::optional<std::uint32_t> measure_host_tsc_khz() { return std::nullopt; }
#endif

}  // namespace kmod::vm
