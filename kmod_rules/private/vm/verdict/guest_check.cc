// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/guest_check.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

namespace kmod::vm {
namespace {

constexpr std::uint64_t kMib = 1 << 20;

std::string explain_decompressor(const Observation& seen) {
  const auto end = std::ranges::find_if(seen.console, is_decompressor_end);
  if (end == seen.console.end()) return "";
  // The reason is on a line above, between empty lines.
  const auto reason = std::find_if(std::make_reverse_iterator(end), seen.console.rend(),
                                   [](const std::string& line) { return !line.empty(); });
  return fmt::format("; the kernel image cannot be unpacked, it is damaged or incomplete{}",
                     reason == seen.console.rend() ? "" : ": " + *reason);
}

std::string explain_silence(const Observation& seen) {
  if (seen.stop != Stop::kGuestLeft) return "";
  const bool begun = std::ranges::any_of(
      seen.console, [](const std::string& line) { return line.starts_with("[ "); });
  return begun ? ""
               : "; the kernel did not start, perhaps because its image is damaged or incomplete";
}

std::string explain_memory(const Observation& seen) {
  // While it is unpacked, an initramfs is in memory twice.
  if (seen.initramfs_size * 2 <= seen.memory_mib * kMib) return "";
  return fmt::format(
      "; the initramfs has {} MiB and is in memory twice while it is unpacked, but the virtual "
      "machine has only {} MiB: the test's attribute memory sets that, and its data and programs "
      "are "
      "in the initramfs",
      seen.initramfs_size / kMib, seen.memory_mib);
}

std::string count_mismatch(std::string_view what, std::size_t seen, std::uint32_t counted) {
  return fmt::format("the guest counted {} {}, but {} arrived", counted, what, seen);
}

}  // namespace

bool is_decompressor_end(std::string_view line) { return line == " -- System halted"; }

bool is_lost_timer(std::string_view line) {
  // The second one is of a kernel without ACPI.
  return line == "APIC frequency too slow, disabling apic timer" ||
         line.starts_with("Kernel panic - not syncing: IO-APIC + timer doesn't work!");
}

std::string explain_boot_failure(const Observation& seen) {
  const std::string reason = explain_decompressor(seen);
  return (reason.empty() ? explain_silence(seen) : reason) + explain_memory(seen);
}

std::optional<std::string> check_channel(const Observation& seen) {
  if (!seen.guest_errors.empty()) {
    return fmt::format("init in the guest: {}", seen.guest_errors.front());
  }
  if (!seen.channel_errors.empty()) {
    return fmt::format(
        "the channel to the guest was disturbed, for example by another process that writes to its "
        "second serial port: {}",
        seen.channel_errors.front());
  }
  if (!seen.end) return "the guest sent no end record";
  if (seen.end->log_records != seen.log.size()) {
    return count_mismatch("log records", seen.log.size(), seen.end->log_records);
  }
  if (seen.end->steps != seen.steps.size()) {
    return count_mismatch("steps", seen.steps.size(), seen.end->steps);
  }
  if (const std::size_t leaks = seen.leaks.size() + seen.cleared_leaks; seen.end->leaks != leaks) {
    return count_mismatch("leaks", leaks, seen.end->leaks);
  }
  if (seen.end->failures != seen.failures.size()) {
    return count_mismatch("failing allocations", seen.failures.size(), seen.end->failures);
  }
  if (!seen.taint_before || !seen.taint_after) return "the guest sent no taint mask";
  std::uint64_t due = 0;
  for (const ObservedRecord& observed : seen.log) {
    if (observed.record.sequence != due) {
      return fmt::format(
          "the kernel overwrote records {} to {} of its log before they were read; print less, or "
          "enlarge its buffer with kernel_args = [\"log_buf_len=16M\"]",
          due, observed.record.sequence - 1);
    }
    ++due;
  }
  return std::nullopt;
}

}  // namespace kmod::vm
