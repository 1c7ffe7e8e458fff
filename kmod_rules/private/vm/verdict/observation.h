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
  kGuestLeft,     // QEMU ended by itself
  kBootLimit,     // no ready message within the limit for that
  kTimeLimit,     // the test's time is over
  kSilence,       // a guest that was ready sent nothing for so long that its CPU must be stuck
  kAfterFailure,  // an oops or a lockup was seen, and the guest did not finish soon after it
  kAfterEnd,      // the guest sent its end record but did not switch off
  kFlood,         // the guest printed more than anybody wants to keep
  kSignalled,     // the runner was told to stop
};

// How much of the console is kept, in bytes. More says no more. A boot prints some 30 kB; a guest
// that prints without end makes 0.1 to 0.4 MB a second under emulation on a busy host.
inline constexpr std::size_t kMaxConsoleSize = std::size_t{2} << 20;

// How QEMU ended, if it was started.
struct QemuExit {
  bool signalled = false;  // by a signal of somebody other than the runner
  int code = 0;            // exit status or signal
};

// A kernel log record and whether it came after the first step began.
struct ObservedRecord {
  KernelLogRecord record;
  bool during_steps = false;
};

// Everything that one run showed. What is in `console` and `qemu_output` anybody in the guest can
// write; the rest came over the channel with the run's nonce.
struct Observation {
  bool kvm = false;
  std::uint64_t memory_mib = 0;
  std::uint64_t initramfs_size = 0;        // in bytes
  std::optional<std::string> start_error;  // QEMU could not be started at all
  std::string qemu_output;                 // QEMU's own standard output and error
  std::optional<QemuExit> qemu_exit;       // empty if the runner had to kill it
  Stop stop = Stop::kGuestLeft;
  std::int64_t limit_ms = 0;  // the limit that `stop` is about, if it is about one

  std::vector<std::string> console;  // lines
  bool ready = false;
  std::vector<std::string> channel_errors;
  std::vector<std::string> guest_errors;
  std::vector<ObservedRecord> log;
  std::vector<StepBeginMessage> begun;
  std::vector<std::string> program_output;  // of each step in `begun`
  std::vector<StepEndMessage> steps;
  std::vector<ModuleSectionsMessage> sections;  // of each load that succeeded
  std::vector<LeakMessage> leaks;
  std::optional<HeartbeatMessage> last_heartbeat;  // of the step that runs
  std::optional<TaintMessage> taint_before;
  std::optional<TaintMessage> taint_after;
  std::optional<EndMessage> end;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_OBSERVATION_H_
