// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_VM_MESSAGES_H_
#define KMOD_RULES_VM_MESSAGES_H_

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kmod_rules/vm/frame.h"

namespace kmod::vm {

// What the frames of the channel carry. Times are in microseconds; those named _us without
// "duration" or "elapsed" are of the guest's monotonic clock, which is the one that the kernel log
// uses.

struct ReadyMessage {
  std::uint32_t protocol = kProtocolVersion;
  std::uint64_t init_started_us = 0;
  std::uint64_t ready_us = 0;

  bool operator==(const ReadyMessage&) const = default;
};

struct NonceMessage {
  Nonce nonce = {};

  bool operator==(const NonceMessage&) const = default;
};

struct KernelLogMessage {
  std::vector<std::string> records;  // each as read from /dev/kmsg, for parse_kmsg()

  bool operator==(const KernelLogMessage&) const = default;
};

enum class StepKind : std::uint8_t { load = 1, unload = 2 };

// Which step: the same module is loaded once in each cycle, cycles count from 0.
struct Step {
  StepKind kind = StepKind::load;
  std::uint32_t cycle = 0;
  std::string module;

  bool operator==(const Step&) const = default;
};

struct StepBeginMessage {
  Step step;

  bool operator==(const StepBeginMessage&) const = default;
};

enum class StepOutcome : std::uint8_t {
  returned = 1,      // code is 0 or the errno of the system call
  died = 2,          // the process in the system call was killed; code is the signal
  still_listed = 3,  // delete_module returned 0, but /proc/modules still has the module
  no_file = 4,       // the module's file cannot be opened in the initramfs; code is the errno
};

struct StepEndMessage {
  Step step;
  StepOutcome outcome = StepOutcome::returned;
  std::int32_t code = 0;
  std::uint64_t duration_us = 0;  // of the system call alone

  bool operator==(const StepEndMessage&) const = default;
};

struct HeartbeatMessage {
  std::uint64_t elapsed_us = 0;  // since the step that runs began
  std::string stack;             // the kernel stack of the process in the step, may be empty

  bool operator==(const HeartbeatMessage&) const = default;
};

enum class TaintWhen : std::uint8_t { before_modules = 1, after_modules = 2 };

struct TaintMessage {
  TaintWhen when = TaintWhen::before_modules;
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
  std::uint64_t ended_us = 0;

  bool operator==(const EndMessage&) const = default;
};

using Message =
    std::variant<ReadyMessage, NonceMessage, KernelLogMessage, StepBeginMessage, StepEndMessage,
                 HeartbeatMessage, TaintMessage, GuestErrorMessage, EndMessage>;

[[nodiscard]] FrameType frame_type(const Message& message);
[[nodiscard]] std::string encode_payload(const Message& message);

// Errors: a type that this protocol does not have, a payload of another size than the type's, a
// value that no enumerator has.
[[nodiscard]] std::expected<Message, std::string> decode_payload(FrameType type,
                                                                 std::string_view payload);

}  // namespace kmod::vm

#endif  // KMOD_RULES_VM_MESSAGES_H_
