// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// PID 1 of a test's guest: mounts file systems, agrees on a nonce with the host, carries out
// /kmod/plan and resets the VM, which ends QEMU. It never returns: a kernel whose init ends panics,
// and the panic would look like the module's.
//
// The initramfs of a snapshot has the directory kAwaitsRestore instead of a plan: init waits there
// until the VM is restored for a test, and then unpacks the initramfs of the test.

#include <fcntl.h>
#include <linux/reboot.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/monotonic_clock.h"
#include "kmod_rules/private/vm/guest/firmware_config.h"
#include "kmod_rules/private/vm/guest/guest_file_systems.h"
#include "kmod_rules/private/vm/guest/guest_port.h"
#include "kmod_rules/private/vm/guest/kmsg_reader.h"
#include "kmod_rules/private/vm/guest/plan_run.h"
#include "kmod_rules/private/vm/guest/restored_files.h"
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

bool awaits_restore() {
  struct stat status = {};
  return stat(kAwaitsRestore, &status) == 0;
}

// Announces that the VM can be saved, and returns once it runs again with the files of a test.
base::Status await_restore(GuestPort& port, std::uint64_t started_us) {
  FirmwareConfig config = KMOD_TRY(FirmwareConfig::open());
  port.announce({kProtocolVersion, started_us, base::monotonic_us()});
  port.drain();
  config.wait_for_restore();
  config.select_initramfs();
  KMOD_TRY(unpack_initramfs(
      [&config](char* buffer, std::size_t size) { config.read(buffer, size); }, "/"));
  return renew_randomness();
}

// What a booted guest has from its clock and its command line.
void catch_up(const StartMessage& start) {
  const timespec now = {static_cast<time_t>(start.unix_time_us / 1'000'000),
                        static_cast<long>(start.unix_time_us % 1'000'000) * 1000};
  (void)clock_settime(CLOCK_REALTIME, &now);
  (void)base::write_file("/proc/sys/kernel/panic_on_warn", start.survives_warnings ? "0" : "1");
}

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
  const bool is_snapshot = awaits_restore();
  if (is_snapshot) {
    if (const auto restored = await_restore(*port, started_us); !restored) {
      return complain(restored.error());
    }
    started_us = base::monotonic_us();
  }
  const StartMessage start =
      port->shake_hands({kProtocolVersion, started_us, base::monotonic_us()});
  if (is_snapshot) catch_up(start);

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
