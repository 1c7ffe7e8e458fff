// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// PID 1 of the test machine: makes the guest usable, agrees on a nonce with the host, carries out
// /kmod/plan and resets the machine, which ends QEMU. It never returns: a kernel whose init ends
// panics, and that panic would be taken for the module's.

#include <fcntl.h>
#include <linux/reboot.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/monotonic_clock.h"
#include "kmod_rules/private/vm/guest/guest_port.h"
#include "kmod_rules/private/vm/guest/kmsg_reader.h"
#include "kmod_rules/private/vm/guest/plan_run.h"
#include "kmod_rules/private/vm/wire/guest_plan.h"

namespace kmod::vm {
namespace {

constexpr const char* kChannelDevice = "/dev/ttyS1";

// Before there is a channel the console is the only way to say something.
void complain(const std::string& text) {
  const int console = open("/dev/console", O_WRONLY | O_NOCTTY | O_CLOEXEC);
  if (console < 0) return;
  dprintf(console, "init: %s\n", text.c_str());
  close(console);
}

struct FileSystem {
  const char* type = nullptr;
  const char* directory = nullptr;
  unsigned long flags = 0;
  bool needed = true;  // else a kernel without it will do
};

constexpr unsigned long kNoPrograms = MS_NOSUID | MS_NOEXEC;
constexpr FileSystem kFileSystems[] = {
    {"proc", "/proc", kNoPrograms},
    {"sysfs", "/sys", kNoPrograms},
    {"devtmpfs", "/dev", kNoPrograms},
    {"tmpfs", "/tmp", MS_NOSUID},
    {"debugfs", "/sys/kernel/debug", kNoPrograms, false},
};

std::optional<std::string> mount_file_system(const FileSystem& system) {
  if (mkdir(system.directory, 0755) != 0 && errno != EEXIST && system.needed) {
    return std::string("mkdir ") + system.directory + ": " + base::describe_errno(errno);
  }
  // A kernel with CONFIG_DEVTMPFS_MOUNT may have been here before.
  if (mount(system.type, system.directory, system.type, system.flags, nullptr) != 0 &&
      errno != EBUSY && system.needed) {
    return std::string("mount ") + system.directory + ": " + base::describe_errno(errno);
  }
  return std::nullopt;
}

void run(std::uint64_t started_us) {
  for (const FileSystem& system : kFileSystems) {
    if (const auto error = mount_file_system(system)) return complain(*error);
  }
  auto port = GuestPort::open(kChannelDevice);
  if (!port) return complain(port.error());
  auto kmsg = KmsgReader::open("/dev/kmsg");
  if (!kmsg) return complain(kmsg.error());
  // Debug messages of a module belong on the console too: in a hang it is all that is left.
  constexpr int kSetConsoleLevel = 8;
  klogctl(kSetConsoleLevel, nullptr, 8);
  // The boot goes without the self tests of cryptography (qemu_command.cc), modules do not.
  (void)base::write_file("/sys/module/cryptomgr/parameters/notests", "N");
  const StartMessage start =
      port->shake_hands({kProtocolVersion, started_us, base::monotonic_us()});

  PlanRun plan_run(*port, *kmsg, start);
  plan_run.report_taint(TaintWhen::kBeforeModules);
  const auto text = base::read_file(kPlanPath);
  const auto plan = text ? parse_plan(*text) : std::unexpected(text.error());
  if (plan) {
    plan_run.run(*plan);
  } else {
    plan_run.report_error(plan.error());
  }
  plan_run.report_taint(TaintWhen::kAfterModules);
  plan_run.finish();
}

}  // namespace
}  // namespace kmod::vm

int main() {
  kmod::vm::run(kmod::base::monotonic_us());
  reboot(LINUX_REBOOT_CMD_RESTART);
  for (;;) pause();
}
