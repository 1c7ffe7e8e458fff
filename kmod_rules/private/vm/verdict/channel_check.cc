// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/channel_check.h"

namespace kmod::vm {
namespace {

std::string count_mismatch(const std::string& what, std::size_t seen, std::uint32_t counted) {
  return "the guest counted " + std::to_string(counted) + " " + what + ", " + std::to_string(seen) +
         " arrived";
}

}  // namespace

std::optional<std::string> check_channel(const Observation& seen) {
  if (!seen.guest_errors.empty()) return "init in the guest: " + seen.guest_errors.front();
  if (!seen.channel_errors.empty()) {
    return "the channel to the guest was disturbed, as by something else that writes to its second "
           "serial port: " +
           seen.channel_errors.front();
  }
  if (!seen.end) return "the guest sent no end record";
  if (seen.end->log_records != seen.log.size()) {
    return count_mismatch("log records", seen.log.size(), seen.end->log_records);
  }
  if (seen.end->steps != seen.steps.size()) {
    return count_mismatch("steps", seen.steps.size(), seen.end->steps);
  }
  if (seen.end->leaks != seen.leaks.size()) {
    return count_mismatch("leaks", seen.leaks.size(), seen.end->leaks);
  }
  if (!seen.taint_before || !seen.taint_after) return "the guest sent no taint mask";
  std::uint64_t due = 0;
  for (const ObservedRecord& observed : seen.log) {
    if (observed.record.sequence != due) {
      return "the kernel overwrote records " + std::to_string(due) + " to " +
             std::to_string(observed.record.sequence - 1) +
             " of its log before they were read; print less, or enlarge its buffer with "
             "kernel_args = [\"log_buf_len=16M\"]";
    }
    ++due;
  }
  return std::nullopt;
}

}  // namespace kmod::vm
