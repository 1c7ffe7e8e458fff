// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// PID 1 of a test's guest: mounts file systems, agrees on a nonce with the host, carries out
// /kmod/plan and resets the VM, which ends QEMU. It never returns: a kernel whose init ends panics,
// and the panic would look like the module's.

#include <fcntl.h>
#include <linux/reboot.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <utility>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/monotonic_clock.h"
#include "kmod_rules/private/vm/guest/guest_file_systems.h"
#include "kmod_rules/private/vm/guest/guest_port.h"
#include "kmod_rules/private/vm/guest/kmsg_reader.h"
#include "kmod_rules/private/vm/guest/plan_run.h"
#include "kmod_rules/private/vm/wire/guest_plan.h"

namespace kmod::vm {
namespace {

constexpr const char* kChannelDevice = "/dev/ttyS1";

// Until the channel is open, errors can only be written to the console.
void complain(const std::string& text) {
  const int console = open("/dev/console", O_WRONLY | O_NOCTTY | O_CLOEXEC);
  if (console < 0) return;
  dprintf(console, "init: %s\n", text.c_str());
  close(console);
}

constexpr unsigned long kNoPrograms = MS_NOSUID | MS_NOEXEC;
constexpr FileSystem kFileSystems[] = {
    {"proc", "/proc", kNoPrograms},
    {"sysfs", "/sys", kNoPrograms},
    {"devtmpfs", "/dev", kNoPrograms},
    {"tmpfs", "/tmp", MS_NOSUID},
    {"debugfs", "/sys/kernel/debug", kNoPrograms, nullptr, false},
};

void run(std::uint64_t started_us) {
  if (const auto mounted = mount_file_systems(kFileSystems); !mounted) {
    return complain(mounted.error());
  }
  auto port = GuestPort::open(kChannelDevice);
  if (!port) return complain(port.error());
  auto kmsg = KmsgReader::open("/dev/kmsg");
  if (!kmsg) return complain(kmsg.error());
  // Debug messages of a module go to the console, too: after a hang, only the console remains.
  constexpr int kSetConsoleLevel = 8;
  klogctl(kSetConsoleLevel, nullptr, 8);
  // The boot omits the self tests of cryptography (qemu_command.cc); modules need them.
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
