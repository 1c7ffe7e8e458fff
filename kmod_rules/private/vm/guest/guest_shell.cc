// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// PID 1 of an interactive VM: mounts file systems, loads the modules of /kmod/plan, and runs a
// shell on the console or one command. When that ends, or on poweroff, reboot or halt, it resets
// the VM, which ends QEMU. It never returns.

#include <fcntl.h>
#include <fmt/core.h>
#include <linux/reboot.h>
#include <signal.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>
#include <variant>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/vm/guest/guest_file_systems.h"
#include "kmod_rules/private/vm/guest/guest_process.h"
#include "kmod_rules/private/vm/guest/guest_share.h"
#include "kmod_rules/private/vm/guest/guest_supervisor.h"
#include "kmod_rules/private/vm/guest/loaded_module.h"
#include "kmod_rules/private/vm/guest/module_step.h"
#include "kmod_rules/private/vm/wire/console_channel.h"
#include "kmod_rules/private/vm/wire/guest_plan.h"
#include "kmod_rules/private/vm/wire/serial_port.h"

namespace kmod::vm {
namespace {

constexpr FileSystem kFileSystems[] = {
    {"proc", "/proc", MS_NOSUID},
    {"sysfs", "/sys", MS_NOSUID},
    {"devtmpfs", "/dev", MS_NOSUID},
    {"devpts", "/dev/pts", MS_NOSUID, "gid=5,mode=620,ptmxmode=666"},
    {"tmpfs", "/tmp", MS_NOSUID, "mode=1777"},
    {"tmpfs", "/run", MS_NOSUID, "mode=755"},
    {"debugfs", "/sys/kernel/debug", MS_NOSUID, nullptr, false},
    {"tracefs", "/sys/kernel/tracing", MS_NOSUID, nullptr, false},
};

constexpr const char* kChannelDevice = "/dev/ttyS1";

// Prints on the console, for a person.
void say(const std::string& text) {
  const base::FileDescriptor console(open(kConsoleDevice, O_WRONLY | O_NOCTTY | O_CLOEXEC));
  base::write_all(console.get(), text + "\n");
}

// Installs links to busybox in the directories that it was built for.
base::Status install_programs() {
  for (const char* directory : {"/bin", "/sbin", "/usr", "/usr/bin", "/usr/sbin", "/root"}) {
    mkdir(directory, 0755);
  }
  const base::ProcessResult installed =
      KMOD_TRY(base::run_process({"/bin/busybox", "--install", "-s"}, {}));
  if (installed.succeeded()) return {};
  return std::unexpected(
      fmt::format("busybox --install {}: {}", installed.describe(), installed.output));
}

SetupMessage await_setup(ConsoleChannel& channel) {
  channel.send(GuestUpMessage{});
  for (;;) {
    for (const ConsoleMessage& message : channel.receive()) {
      if (const auto* setup = std::get_if<SetupMessage>(&message)) return *setup;
    }
  }
}

// The address of a function of the running kernel, 0 if /proc/kallsyms does not have it. The file
// shows addresses only to root.
std::uint64_t find_kernel_symbol(const std::string& name) {
  // "ffffffff8115c0f0 t do_init_module"
  std::ifstream symbols("/proc/kallsyms");
  const std::string end = " " + name;
  for (std::string line; std::getline(symbols, line);) {
    if (line.ends_with(end)) return std::strtoull(line.c_str(), nullptr, 16);
  }
  return 0;
}

void await_line(ConsoleChannel& channel) {
  const base::FileDescriptor console(open(kConsoleDevice, O_RDWR | O_NOCTTY | O_CLOEXEC));
  channel.send(WaitingMessage{find_kernel_symbol("do_init_module")});
  char byte = 0;
  while (read(console.get(), &byte, 1) == 1 && byte != '\n' && byte != '\r') {
  }
}

std::string describe(const StepResult& result) {
  switch (result.outcome) {
    case StepOutcome::kNoFile:
      return fmt::format("its file cannot be opened: {}", base::describe_errno(result.code));
    case StepOutcome::kDied:
      return fmt::format("its init was killed by signal {}; dmesg says where the kernel failed",
                         result.code);
    case StepOutcome::kTimedOut:
    case StepOutcome::kStillListed:
    case StepOutcome::kReturned:
      break;
  }
  return fmt::format("{}; dmesg may say more", base::describe_errno(result.code));
}

// Prints on the console, between the lines of the kernel; a script sees no console, so its message
// goes to the host.
void complain(ConsoleChannel& channel, const SetupMessage& setup, const std::string& text) {
  if (setup.interactive) return say(text);
  channel.send(NoticeMessage{text});
}

void load_modules(ConsoleChannel& channel, const SetupMessage& setup, const Plan& plan) {
  for (const PlannedModule& module : plan.stock) {
    const StepResult result = ModuleStep(StepKind::kLoad, module).wait();
    const bool returned = result.outcome == StepOutcome::kReturned;
    // A driver of the shared directory may be among them.
    if (returned && (module.may_fail || result.code == 0 || result.code == EEXIST)) continue;
    complain(
        channel, setup,
        fmt::format("the kernel's module {} was not loaded: {}", module.name, describe(result)));
  }
  for (const PlannedModule& module : plan.modules) {
    const StepResult result = ModuleStep(StepKind::kLoad, module).wait();
    if (result.outcome == StepOutcome::kReturned && result.code == 0) {
      channel.send(ModuleSectionsMessage{module.name, module_sections(module.name)});
    } else {
      complain(channel, setup,
               fmt::format("module {} was not loaded: {}", module.name, describe(result)));
    }
  }
}

void greet(const SetupMessage& setup, const Plan& plan) {
  utsname name = {};
  uname(&name);
  say(fmt::format("Linux {} with", name.release));
  for (const PlannedModule& module : plan.modules) {
    say(fmt::format("  {}{}{}", module.path, module.parameters.empty() ? "" : " ",
                    module.parameters));
  }
  if (setup.share) {
    say(fmt::format("The host's directory is {}{}.", kSharePath,
                    setup.share_read_only ? ", read-only" : ""));
  }
  say("exit or Ctrl-A X leaves, Ctrl-A C is QEMU's monitor.");
}

base::Result<std::uint8_t> run(ConsoleChannel& channel) {
  KMOD_TRY(install_programs());
  const SetupMessage setup = await_setup(channel);
  // Warnings and worse go to the console; dmesg has the other messages of a module.
  constexpr int kSetConsoleLevel = 8;
  klogctl(kSetConsoleLevel, nullptr, 5);
  // The boot omits the self tests of cryptography (qemu_command.cc); modules need them.
  static_cast<void>(base::write_file("/sys/module/cryptomgr/parameters/notests", "N"));
  set_console_size(setup.window);
  const Plan plan = KMOD_TRY(parse_plan(KMOD_TRY(base::read_file(kPlanPath))));
  if (setup.share) KMOD_TRY(mount_share(setup.share_read_only));
  if (setup.wait_before_modules) await_line(channel);
  load_modules(channel, setup, plan);
  channel.send(ShellStartMessage{});
  if (setup.interactive) greet(setup, plan);
  GuestSupervisor supervisor(channel);
  // The directory of the programs' files, if there are any.
  const std::string directory = plan.directory == "/" ? "/root" : plan.directory;
  GuestProcess process =
      KMOD_TRY(setup.interactive ? start_shell(setup, directory) : start_command(setup, directory));
  return supervisor.run(std::move(process));
}

void live() {
  if (const auto mounted = mount_file_systems(kFileSystems); !mounted) {
    return say(fmt::format("init: {}", mounted.error()));
  }
  auto port = open_serial_port(kChannelDevice);
  if (!port) return say(fmt::format("init: {}", port.error()));
  sethostname("guest", 5);
  ConsoleChannel channel{base::FileDescriptor(*port)};
  const auto status = run(channel);
  sync();
  umount2(kSharePath, MNT_DETACH);
  if (status) {
    channel.send(ExitMessage{*status});
  } else {
    channel.send(FailureMessage{status.error()});
  }
  tcdrain(channel.fd());
  const base::FileDescriptor console(open(kConsoleDevice, O_WRONLY | O_NOCTTY | O_CLOEXEC));
  tcdrain(console.get());
}

}  // namespace
}  // namespace kmod::vm

int main() {
  kmod::vm::live();
  reboot(LINUX_REBOOT_CMD_RESTART);
  for (;;) pause();
}
