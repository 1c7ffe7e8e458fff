// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_KERNEL_LOG_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_KERNEL_LOG_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

// The facility of the kernel's own records. Writing to /dev/kmsg cannot make one: the kernel takes
// facility 0 from a process as 1 (devkmsg_write() in kernel/printk/printk.c).
inline constexpr int kKernelFacility = 0;

// One record of the kernel's log.
struct KernelLogRecord {
  std::uint64_t sequence = 0;
  std::uint64_t time_us = 0;  // monotonic, since the guest's boot
  int level = 0;              // 0 (emergency) to 7 (debug)
  std::string text;           // without the final newline; may hold newlines inside
  int facility = 0;           // syslog's; of processes that wrote to /dev/kmsg, another one

  bool operator==(const KernelLogRecord&) const = default;
};

// Parses the bytes that one read() of /dev/kmsg returns: "priority,sequence,microseconds,
// flags[,...];text", then lines of " KEY=value", which are dropped. Decodes the bytes that the
// kernel writes as \xNN.
//
// Errors: `raw` has another form; the message quotes it.
[[nodiscard]] base::Result<KernelLogRecord> parse_kmsg(std::string_view raw);

// A line of the console that is or ends in a line of the kernel's log. With
// console_msg_format=syslog the kernel begins each of its lines with the priority, "<4>[
// 1.234567] text": that distinguishes them from what a process writes to the console, and the
// facility in it distinguishes what a process wrote to /dev/kmsg.
struct ConsoleRecord {
  std::string_view before;  // what a process wrote just before, without ending its line
  int facility = 0;
  std::uint64_t time_us = 0;
  std::string_view stamped;  // the line as it is without the priority: "[    1.234567] text"
};

// Nothing if no part of the line has a priority and a time stamp.
[[nodiscard]] std::optional<ConsoleRecord> parse_console_line(std::string_view line);

// A line of the console without the time stamp and the caller that the kernel puts before it. A
// line without them is returned unchanged.
[[nodiscard]] std::string_view strip_console_prefix(std::string_view line);

// The format of dmesg: "[    1.234567] text".
[[nodiscard]] std::string format_record(const KernelLogRecord& record);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_KERNEL_LOG_H_
