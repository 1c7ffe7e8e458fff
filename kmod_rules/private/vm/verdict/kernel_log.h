// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_KERNEL_LOG_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_KERNEL_LOG_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

// One record of the kernel's log.
struct KernelLogRecord {
  std::uint64_t sequence = 0;
  std::uint64_t time_us = 0;  // monotonic, since the guest's boot
  int level = 0;              // 0 (emergency) to 7 (debug)
  std::string text;           // without the final newline; may hold newlines inside

  bool operator==(const KernelLogRecord&) const = default;
};

// Parses the bytes that one read() of /dev/kmsg returns: "priority,sequence,microseconds,
// flags[,...];text", then lines of " KEY=value", which are dropped. Decodes the bytes that the
// kernel writes as \xNN.
//
// Errors: `raw` has another form; the message quotes it.
[[nodiscard]] base::Result<KernelLogRecord> parse_kmsg(std::string_view raw);

// A line of the console without the time stamp and the caller that the kernel puts before it. A
// line without them is returned unchanged.
[[nodiscard]] std::string_view strip_console_prefix(std::string_view line);

// The format of dmesg: "[    1.234567] text".
[[nodiscard]] std::string format_record(const KernelLogRecord& record);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_KERNEL_LOG_H_
