// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_MESSAGES_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_MESSAGES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/wire/frame.h"
#include "kmod_rules/private/vm/wire/leak.h"
#include "kmod_rules/private/vm/wire/unchecked.h"

namespace kmod::vm {

// The messages in the frames of the channel. Times are in microseconds; those named _us without
// "duration" or "elapsed" are on the guest's monotonic clock, which the kernel log also uses.

struct ReadyMessage {
  std::uint32_t protocol = kProtocolVersion;
  std::uint64_t init_started_us = 0;
  std::uint64_t ready_us = 0;

  bool operator==(const ReadyMessage&) const = default;
};

// The answer to ReadyMessage: the choices of this run. The plan is in the initramfs.
struct StartMessage {
  Nonce nonce = {};
  std::uint64_t time_limit_us = 0;             // from its arrival on, for everything
  std::vector<std::string> programs;           // the programs of the plan to run
  std::vector<std::string> program_arguments;  // for each of them
  // For a guest that was restored and not booted: the time of the host, since 1970, and whether a
  // warning of the kernel ends the VM.
  std::uint64_t unix_time_us = 0;
  bool survives_warnings = false;

  bool operator==(const StartMessage&) const = default;
};

struct KernelLogMessage {
  std::vector<std::string> records;  // each as read from /dev/kmsg, for parse_kmsg()

  bool operator==(const KernelLogMessage&) const = default;
};

enum class StepKind : std::uint8_t { kLoad = 1, kUnload = 2, kProgram = 3 };

// A step of the plan. Each cycle loads each module once; cycles count from 0.
struct Step {
  StepKind kind = StepKind::kLoad;
  std::uint32_t cycle = 0;
  std::string name;  // of the module or program

  bool operator==(const Step&) const = default;
};

// Two kinds of cycles follow those of the plan. One repeats them if the kernel has kept memory that
// it allocated for a module: only a leak grows. In each of the others, an allocation is to fail.
[[nodiscard]] constexpr std::uint32_t repeated_cycle(std::uint32_t reloads) { return reloads + 1; }
[[nodiscard]] constexpr std::uint32_t first_failing_cycle(std::uint32_t reloads) {
  return reloads + 2;
}

struct StepBeginMessage {
  Step step;

  bool operator==(const StepBeginMessage&) const = default;
};

enum class StepOutcome : std::uint8_t {
  kReturned = 1,     // code is 0, the errno of the system call, or a program's exit status
  kDied = 2,         // the process was killed; code is the signal
  kStillListed = 3,  // delete_module returned 0, but /proc/modules still has the module
  kNoFile = 4,       // the file cannot be opened or started; code is the errno
  kTimedOut = 5,     // the time limit came first
};

struct StepEndMessage {
  Step step;
  StepOutcome outcome = StepOutcome::kReturned;
  std::int32_t code = 0;
  std::uint64_t duration_us = 0;  // of only the system call, or of the program

  bool operator==(const StepEndMessage&) const = default;
};

struct HeartbeatMessage {
  std::uint64_t elapsed_us = 0;  // since the current step began
  std::string stack;             // the kernel stack of the process in the step, may be empty

  bool operator==(const HeartbeatMessage&) const = default;
};

// Standard output and error of the program in the current step.
struct ProgramOutputMessage {
  std::string text;

  bool operator==(const ProgramOutputMessage&) const = default;
};

// The addresses of a loaded module.
struct ModuleSectionsMessage {
  struct Section {
    std::string name;  // such as ".text"
    std::uint64_t address = 0;

    bool operator==(const Section&) const = default;
  };
  std::string module;
  std::vector<Section> sections;

  bool operator==(const ModuleSectionsMessage&) const = default;
};

// Something that a module has left in the kernel.
struct LeakMessage {
  std::uint32_t cycle = 0;
  std::string what;
  std::vector<ModuleAddress> stack;  // the frames of modules that made it, innermost first
  bool unreachable = false;          // kmemleak has found that nothing points to it

  bool operator==(const LeakMessage&) const = default;
};

// Those messages of leaks, counted from 0, that a further cycle has shown to be none.
struct ClearedLeaksMessage {
  std::vector<std::uint32_t> indices;

  bool operator==(const ClearedLeaksMessage&) const = default;
};

// The end of a cycle in which an allocation of the modules was to fail.
struct FailingCycleMessage {
  std::uint32_t cycle = 0;
  std::string what;  // "kmalloc_trace() at demo_init+0x1f/0x60 [demo]"; empty if there was none

  bool operator==(const FailingCycleMessage&) const = default;
};

enum class TaintWhen : std::uint8_t { kBeforeModules = 1, kAfterModules = 2 };

struct TaintMessage {
  TaintWhen when = TaintWhen::kBeforeModules;
  std::uint64_t mask = 0;

  bool operator==(const TaintMessage&) const = default;
};

struct GuestErrorMessage {
  std::string text;

  bool operator==(const GuestErrorMessage&) const = default;
};

struct EndMessage {
  std::uint32_t log_records = 0;
  std::uint32_t steps = 0;  // StepEnd messages
  std::uint32_t leaks = 0;
  std::uint64_t ended_us = 0;
  std::vector<Unchecked> unchecked = {};
  std::uint32_t failures = 0;
  bool scanned = false;  // kmemleak has looked for unreachable memory

  bool operator==(const EndMessage&) const = default;
};

using Message = std::variant<ReadyMessage, StartMessage, KernelLogMessage, StepBeginMessage,
                             StepEndMessage, HeartbeatMessage, TaintMessage, GuestErrorMessage,
                             EndMessage, ProgramOutputMessage, ModuleSectionsMessage, LeakMessage,
                             ClearedLeaksMessage, FailingCycleMessage>;

[[nodiscard]] FrameType frame_type(const Message& message);
[[nodiscard]] std::string encode_payload(const Message& message);

// Errors: an unknown type, a payload with the wrong size for its type, a value that is not an
// enumerator.
[[nodiscard]] base::Result<Message> decode_payload(FrameType type, std::string_view payload);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_MESSAGES_H_
