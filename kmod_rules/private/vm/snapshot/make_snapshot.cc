// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Boots a kernel in a VM until its init waits for the files of a test, and writes the state of the
// VM to a file. vm_runner restores the VM from it.

#include <fcntl.h>
#include <fmt/core.h>
#include <signal.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/host/event_loop.h"
#include "kmod_rules/private/vm/host/given_time.h"
#include "kmod_rules/private/vm/host/machine.h"
#include "kmod_rules/private/vm/host/qemu_command.h"
#include "kmod_rules/private/vm/host/qemu_process.h"
#include "kmod_rules/private/vm/host/snapshot.h"
#include "kmod_rules/private/vm/snapshot/qemu_monitor.h"
#include "kmod_rules/private/vm/verdict/guest_check.h"
#include "kmod_rules/private/vm/verdict/kernel_log.h"
#include "kmod_rules/private/vm/wire/channel_reader.h"

namespace kmod::vm {
namespace {

struct Request {
  Machine machine;
  std::string label;
  std::string output;
  std::string description;
};

// A VM from its start to the moment in which its init waits.
class SnapshotBoot {
 public:
  explicit SnapshotBoot(const Machine& machine) : machine_(machine) {}

  // Returns when init waits.
  //
  // Errors: the VM cannot be started, ended before, or did not come so far in time. The message has
  // the end of the console.
  base::Status run() {
    auto [ours, theirs] = KMOD_TRY(make_socket_pair());
    monitor_ = std::move(ours);
    qemu_.emplace(KMOD_TRY(QemuProcess::launch(machine_, {theirs.get()})));
    theirs.close();
    time_.emplace(qemu_->pid());
    started_ = time_->now();
    loop_.add({.fd = qemu_->console(), .on_bytes = [this](auto bytes) { on_console(bytes); }});
    loop_.add({.fd = qemu_->channel(), .on_bytes = [this](auto bytes) { on_channel(bytes); }});
    loop_.add({.fd = qemu_->output(), .on_bytes = [this](auto bytes) { console_ += bytes; }});
    KMOD_TRY(loop_.run());
    if (is_ready_) return {};
    loop_.drain();
    return std::unexpected(fmt::format("the kernel did not boot{}. The end of its console:\n{}",
                                       why_, last_lines(console_)));
  }

  [[nodiscard]] bool lost_timer() const { return lost_timer_; }

  [[nodiscard]] base::Status save(const std::string& output) {
    const base::FileDescriptor file(
        open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (file.get() < 0) {
      return std::unexpected(fmt::format("{}: {}", output, base::describe_errno(errno)));
    }
    return save_state(monitor_.get(), file.get());
  }

 private:
  // The part of a console that tells why a kernel does not boot.
  static std::string last_lines(std::string_view console) {
    constexpr std::size_t kSize = 4000;
    return std::string(console.substr(console.size() - std::min(console.size(), kSize)));
  }

  static std::string describe(const QemuExit& end) {
    return end.signaled ? fmt::format(", and QEMU was killed by signal {}", end.code)
                        : fmt::format(", and QEMU ended with status {}", end.code);
  }

  EventLoop::Handlers handlers() {
    return {
        .on_signal = [this](int) { stop(", because it was interrupted"); },
        .child_ended =
            [this] {
              const auto end = qemu_->poll_exit();
              if (!end) return false;
              why_ = describe(*end);
              return true;
            },
        .deadline_us =
            [this] {
              const Moment now = time_->now();
              return now.host_us + left_us(started_, default_boot_limit_ms(machine_), now);
            },
        .on_wake =
            [this] {
              const std::int64_t limit_ms = default_boot_limit_ms(machine_);
              if (left_us(started_, limit_ms, time_->now()) > 0) return;
              stop(fmt::format(" within {} s", limit_ms / 1000));
            },
    };
  }

  void stop(std::string why) {
    why_ = std::move(why);
    loop_.stop();
  }

  void on_console(std::string_view bytes) {
    console_ += bytes;
    for (const std::string& line : lines_.feed(bytes)) {
      const auto record = parse_console_line(line);
      if (!is_lost_timer(strip_console_prefix(record ? record->stamped : line))) continue;
      lost_timer_ = true;
      stop(fmt::format(", because {}", kHostTooBusy));
    }
  }

  void on_channel(std::string_view bytes) {
    for (const Message& message : channel_.feed(bytes)) {
      if (!std::holds_alternative<ReadyMessage>(message)) continue;
      is_ready_ = true;
      loop_.stop();
    }
  }

  const Machine& machine_;
  base::FileDescriptor monitor_;
  std::optional<QemuProcess> qemu_;
  std::optional<GivenTime> time_;
  Moment started_;
  EventLoop loop_{{SIGINT, SIGHUP, SIGTERM}, handlers()};
  ChannelReader channel_{FrameType::kReady};
  base::LineSplitter lines_;
  std::string console_;
  std::string why_;
  bool is_ready_ = false;
  bool lost_timer_ = false;
};

base::Result<int> make_snapshot(const Request& request) {
  const std::uint32_t tsc_khz = measure_host_tsc_khz().value_or(0);
  for (int boot = 1;; ++boot) {
    SnapshotBoot vm(request.machine);
    if (const auto booted = vm.run(); !booted) {
      if (vm.lost_timer() && boot < kMaxBoots) continue;
      return std::unexpected(fmt::format("{}: {}", request.label, booted.error()));
    }
    if (const auto saved = vm.save(request.output); !saved) {
      return std::unexpected(fmt::format("{}: {}", request.label, saved.error()));
    }
    KMOD_TRY(base::write_file(request.description, describe_snapshot(request.machine, tsc_khz)));
    return 0;
  }
}

base::Flags make_snapshot_flags(Request& request) {
  using enum base::FlagCount;
  base::Flags flags("make_snapshot",
                    "Boots a kernel in a virtual machine (VM) and writes the state of the VM.");
  flags.add({"label", "LABEL", "the target, for error messages", kOnce}, base::text(request.label));
  flags.add({"output", "FILE", "the state to write", kOnce}, base::text(request.output));
  flags.add({"description", "FILE", "what the state is of, to write", kOnce},
            base::text(request.description));
  add_machine_flags(flags, request.machine);
  return flags;
}

}  // namespace
}  // namespace kmod::vm

int main(int argc, char** argv) {
  kmod::vm::Request request;
  const auto flags = kmod::vm::make_snapshot_flags(request);
  return kmod::base::run_program(flags, argc, argv, [&request] {
    request.machine.console_has_priorities = true;
    request.machine.has_monitor_socket = true;
    return kmod::vm::make_snapshot(request);
  });
}
