// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// PID 1 of the machine that vm_console boots: makes the guest usable, loads the modules of
// /kmod/plan, and runs a shell on the console or one command. When that ends, or on poweroff,
// reboot or halt, it resets the machine, which ends QEMU. It never returns.

#include <fcntl.h>
#include <linux/reboot.h>
#include <signal.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <expected>
#include <string>
#include <utility>
#include <variant>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/vm/guest/guest_file_systems.h"
#include "kmod_rules/private/vm/guest/guest_process.h"
#include "kmod_rules/private/vm/guest/guest_supervisor.h"
#include "kmod_rules/private/vm/guest/kernel_symbol.h"
#include "kmod_rules/private/vm/guest/loaded_module.h"
#include "kmod_rules/private/vm/guest/module_step.h"
#include "kmod_rules/private/vm/wire/console_channel.h"
#include "kmod_rules/private/vm/wire/guest_plan.h"
#include "kmod_rules/private/vm/wire/guest_share.h"
#include "kmod_rules/private/vm/wire/serial_port.h"

namespace kmod::vm {
namespace {

constexpr const char* kChannelDevice = "/dev/ttyS1";

// What a person at the console reads.
void say(const std::string& text) {
  const base::FileDescriptor console(open(kConsoleDevice, O_WRONLY | O_NOCTTY | O_CLOEXEC));
  base::write_all(console.get(), text + "\n");
}

// Programs are links to busybox, in the directories that it has been built for.
std::expected<void, std::string> lay_out_programs() {
  for (const char* directory : {"/bin", "/sbin", "/usr", "/usr/bin", "/usr/sbin", "/root"}) {
    mkdir(directory, 0755);
  }
  const auto installed = base::run_process({"/bin/busybox", "--install", "-s"}, {});
  if (!installed) return std::unexpected(installed.error());
  if (installed->succeeded()) return {};
  return std::unexpected("busybox --install " + installed->describe() + ": " + installed->output);
}

SetupMessage await_setup(ConsoleChannel& channel) {
  channel.send(GuestUpMessage{});
  for (;;) {
    for (const ConsoleMessage& message : channel.receive()) {
      if (const auto* setup = std::get_if<SetupMessage>(&message)) return *setup;
    }
  }
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
      return "its file cannot be opened: " + base::describe_errno(result.code);
    case StepOutcome::kDied:
      return "its init was killed by signal " + std::to_string(result.code) +
             "; dmesg says where the kernel failed";
    case StepOutcome::kTimedOut:
    case StepOutcome::kStillListed:
    case StepOutcome::kReturned:
      break;
  }
  return base::describe_errno(result.code) + "; dmesg may say more";
}

// On the console, between what the kernel says; for a script, which sees no console, to the host.
void complain(ConsoleChannel& channel, const SetupMessage& setup, const std::string& text) {
  if (setup.interactive) return say(text);
  channel.send(NoticeMessage{text});
}

void load_modules(ConsoleChannel& channel, const SetupMessage& setup, const Plan& plan) {
  for (const PlannedModule& module : plan.modules) {
    const StepResult result = ModuleStep(StepKind::kLoad, module).wait();
    if (result.outcome == StepOutcome::kReturned && result.code == 0) {
      channel.send(ModuleSectionsMessage{module.name, module_sections(module.name)});
    } else {
      complain(channel, setup, "module " + module.name + " was not loaded: " + describe(result));
    }
  }
}

void introduce(const SetupMessage& setup, const Plan& plan) {
  utsname name = {};
  uname(&name);
  say(std::string("Linux ") + name.release + " with");
  for (const PlannedModule& module : plan.modules) {
    say("  " + module.path + (module.parameters.empty() ? "" : " " + module.parameters));
  }
  if (setup.share) {
    say(std::string("The host's folder is ") + kSharePath +
        (setup.share_read_only ? ", read-only." : "."));
  }
  say("exit or Ctrl-A X leaves, Ctrl-A C is QEMU's monitor.");
}

std::expected<std::uint8_t, std::string> run(ConsoleChannel& channel) {
  if (const auto laid_out = lay_out_programs(); !laid_out) {
    return std::unexpected(laid_out.error());
  }
  const SetupMessage setup = await_setup(channel);
  // Warnings and worse; what a module says besides is in dmesg.
  constexpr int kSetConsoleLevel = 8;
  klogctl(kSetConsoleLevel, nullptr, 5);
  // The boot goes without the self tests of cryptography (qemu_command.cc), modules do not.
  static_cast<void>(base::write_file("/sys/module/cryptomgr/parameters/notests", "N"));
  set_console_size(setup.window);
  const auto text = base::read_file(kPlanPath);
  const auto plan = text ? parse_plan(*text) : std::unexpected(text.error());
  if (!plan) return std::unexpected(plan.error());
  if (setup.share) {
    if (const auto mounted = mount_share(setup.share_read_only); !mounted) {
      return std::unexpected(mounted.error());
    }
  }
  if (setup.wait_before_modules) await_line(channel);
  load_modules(channel, setup, *plan);
  channel.send(ShellStartMessage{});
  if (setup.interactive) introduce(setup, *plan);
  GuestSupervisor supervisor(channel);
  // That of the programs' files, if there are any.
  const std::string directory = plan->directory == "/" ? "/root" : plan->directory;
  auto process =
      setup.interactive ? start_shell(setup, directory) : start_command(setup, directory);
  if (!process) return std::unexpected(process.error());
  return supervisor.run(std::move(*process));
}

void live() {
  if (const auto mounted = mount_file_systems(); !mounted) return say("init: " + mounted.error());
  auto port = open_serial_port(kChannelDevice);
  if (!port) return say("init: " + port.error());
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
