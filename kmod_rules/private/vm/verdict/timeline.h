// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_TIMELINE_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_TIMELINE_H_

#include <cstdint>
#include <optional>
#include <string>

namespace kmod::vm {

// When what happened, in microseconds of the host's monotonic clock. What never happened is empty.
struct Timeline {
  std::uint64_t runner_started = 0;
  std::optional<std::uint64_t> qemu_started;
  std::optional<std::uint64_t> first_output;    // of the guest: its boot loader or kernel
  std::optional<std::uint64_t> first_log_line;  // the kernel's "[    0.000000] Linux version"
  std::optional<std::uint64_t> init_started;    // the guest's clock, carried over at `ready`
  std::optional<std::uint64_t> ready;
  std::optional<std::uint64_t> ended;  // the end record arrived
  std::optional<std::uint64_t> qemu_gone;
  std::uint64_t judged = 0;
};

// Where the time went, on one line: "1423 ms: runner 2, QEMU 35, ...". The time of a run that
// stopped early counts for the stage that it did not get out of.
[[nodiscard]] std::string format_timeline(const Timeline& timeline);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_TIMELINE_H_
