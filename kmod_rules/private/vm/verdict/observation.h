// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_OBSERVATION_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_OBSERVATION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/verdict/kernel_log.h"
#include "kmod_rules/private/vm/wire/messages.h"

namespace kmod::vm {

// Why the host stopped watching.
enum class Stop {
  kGuestLeft,     // QEMU exited
  kBootLimit,     // no ready message within the boot limit
  kTimeLimit,     // the test's time limit was reached
  kSilence,       // init was ready, then sent nothing for so long that its CPU must be stuck
  kAfterFailure,  // an oops or a lockup was seen, and the guest did not finish soon after it
  kAfterEnd,      // the guest sent its end record but did not switch off
  kFlood,         // the guest printed more than kMaxConsoleSize
  kSignaled,      // the runner was told to stop
  kLostTimer,     // the kernel booted without a timer, see is_lost_timer()
};

// How much of the console is kept, in bytes; more would not help. A boot prints some 30 kB; a guest
// that prints in an endless loop makes 0.1 to 0.4 MB a second under emulation on a busy host.
inline constexpr std::size_t kMaxConsoleSize = std::size_t{2} << 20;

// How QEMU ended, if it was started.
struct QemuExit {
  bool signaled = false;  // killed by a signal that did not come from the runner
  int code = 0;           // exit status or signal
};

// A kernel log record and whether it came after the first step began.
struct ObservedRecord {
  KernelLogRecord record;
  bool during_steps = false;
};

// A line that the kernel printed on the console.
struct KernelConsoleLine {
  std::uint64_t time_us = 0;  // 0 if the line had no priority, as early in the boot
  std::string text;           // without priority and time stamp

  bool operator==(const KernelConsoleLine&) const = default;
};

// Everything that was observed in one run. Any process in the guest can write to `console` and
// `qemu_output`; the rest, except `kernel_console`, came over the channel with the run's nonce.
struct Observation {
  bool kvm = false;
  std::uint64_t memory_mib = 0;
  std::uint64_t initramfs_size = 0;        // in bytes
  std::optional<std::string> start_error;  // QEMU could not be started at all
  std::string qemu_output;                 // QEMU's own standard output and error
  std::optional<QemuExit> qemu_exit;       // empty if the runner had to kill it
  Stop stop = Stop::kGuestLeft;
  std::int64_t limit_ms = 0;  // the limit that was reached, if `stop` is one
  // How long QEMU ran, and how much of that it was ready to run and had no processor of the host.
  std::int64_t lasted_ms = 0;
  std::int64_t waited_ms = 0;
  bool limit_is_given = false;      // a person chose a limit for this run
  std::uint64_t step_limit_us = 0;  // what init was given for all steps

  std::vector<std::string> console;  // lines, with time stamps, without priorities
  // Those of them that the kernel itself printed: before init was ready all of them, then those
  // with a priority whose facility is the kernel's. Only a process that imitates the priority and a
  // time stamp that is due can write such a line.
  std::vector<KernelConsoleLine> kernel_console;
  bool ready = false;
  std::vector<std::string> channel_errors;
  std::vector<std::string> guest_errors;
  std::vector<ObservedRecord> log;
  std::vector<StepBeginMessage> begun;
  std::vector<std::string> program_output;  // of each step in `begun`
  std::vector<StepEndMessage> steps;
  std::vector<ModuleSectionsMessage> sections;  // of each load that succeeded
  std::vector<LeakMessage> leaks;
  std::uint32_t cleared_leaks = 0;                 // that are no longer among them
  std::vector<FailingCycleMessage> failures;       // of each cycle in which one was to happen
  std::optional<HeartbeatMessage> last_heartbeat;  // of the running step
  std::optional<TaintMessage> taint_before;
  std::optional<TaintMessage> taint_after;
  std::optional<EndMessage> end;
};

// When each stage of a run ended, in microseconds of the host's monotonic clock. Empty for what
// never happened.
struct Timeline {
  bool restored = false;  // the kernel had booted before, so it prints nothing before init is ready
  std::uint64_t runner_started = 0;
  std::optional<std::uint64_t> qemu_started;
  std::optional<std::uint64_t> first_output;    // of the guest: its boot loader or kernel
  std::optional<std::uint64_t> first_log_line;  // the kernel's "[    0.000000] Linux version"
  std::optional<std::uint64_t> init_started;    // the guest's clock, converted at `ready`
  std::optional<std::uint64_t> ready;
  std::optional<std::uint64_t> ended;  // the end record arrived
  std::optional<std::uint64_t> qemu_gone;
  std::uint64_t judged = 0;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_OBSERVATION_H_
