// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_KERNEL_LOG_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_KERNEL_LOG_H_

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace kmod::vm {

// One record of the kernel's log.
struct KernelLogRecord {
  std::uint64_t sequence = 0;
  std::uint64_t time_us = 0;  // monotonic, since the guest's boot
  int level = 0;              // 0 (emergency) to 7 (debug)
  std::string text;           // without the final newline; may hold newlines inside

  bool operator==(const KernelLogRecord&) const = default;
};

// Parses what one read() of /dev/kmsg gives: "priority,sequence,microseconds,flags[,...];text",
// then lines of " KEY=value", which are dropped. Bytes that the kernel wrote as \xNN are turned
// back.
//
// Errors: anything else, quoted in the message.
[[nodiscard]] std::expected<KernelLogRecord, std::string> parse_kmsg(std::string_view raw);

// The text of a line of the console, without the time stamp and the caller that the kernel puts
// before it. A line that has none is returned as it is.
[[nodiscard]] std::string_view strip_console_prefix(std::string_view line);

// As dmesg shows it: "[    1.234567] text".
[[nodiscard]] std::string format_record(const KernelLogRecord& record);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_KERNEL_LOG_H_
