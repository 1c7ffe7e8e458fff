// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_WATCH_REPORT_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_WATCH_REPORT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

// What the module kmod_watch has found since it was loaded; kmod_rules/private/vm/watch/report.h
// has the format.
struct WatchReport {
  struct Left {
    std::uint32_t count = 0;
    std::string text;  // "echo left a timer that is pending: its function is echo_tick()"

    bool operator==(const Left&) const = default;
  };
  std::vector<std::string> unplaced;  // parts of the check that did not happen, and why
  std::uint32_t checked = 0;          // modules that were looked at when they went
  std::vector<Left> left;
  std::string failed;  // the allocation that failed, such as "kmalloc_trace() at demo_init+0x1f"

  bool operator==(const WatchReport&) const = default;
};

// Errors: a line that is malformed, or no line "checked".
[[nodiscard]] base::Result<WatchReport> parse_watch_report(std::string_view text);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_WATCH_REPORT_H_
