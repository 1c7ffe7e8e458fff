// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/complaint.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace kmod::vm {
namespace {

struct Format {
  std::string_view start;
  ComplaintKind kind;
  std::string_view later = {};  // must follow somewhere in the line
};

// The first format that matches decides, so specific ones stand before general ones. Taken from the
// sources of Linux 5.10, 6.1 and 6.12.
constexpr std::array kFormats = std::to_array<Format>({
    // The kernel's arguments turn these complaints into panics; the complaint is what counts.
    {"Kernel panic - not syncing: ", ComplaintKind::kWarn, "panic_on_warn set"},
    {"Kernel panic - not syncing: softlockup: ", ComplaintKind::kHang},
    {"Kernel panic - not syncing: hung_task: ", ComplaintKind::kHang},
    {"Kernel panic - not syncing: Hard LOCKUP", ComplaintKind::kHang},
    {"Kernel panic - not syncing: RCU Stall", ComplaintKind::kHang},
    {"Kernel panic - not syncing", ComplaintKind::kPanic},
    {"PANIC: double fault", ComplaintKind::kPanic},
    {"PANIC: early exception", ComplaintKind::kPanic},
    {"BUG: kernel NULL pointer dereference", ComplaintKind::kOops},
    {"BUG: unable to handle ", ComplaintKind::kOops},
    {"BUG: stack guard page was hit", ComplaintKind::kOops},
    {"BUG: TASK stack guard page was hit", ComplaintKind::kOops},
    {"BUG: IRQ stack guard page was hit", ComplaintKind::kOops},
    {"kernel BUG at ", ComplaintKind::kOops},
    {"Unable to handle kernel ", ComplaintKind::kOops},  // arm64
    {"Internal error: ", ComplaintKind::kOops},          // arm64
    {"general protection fault, ", ComplaintKind::kOops},
    {"general protection fault: ", ComplaintKind::kOops},
    {"kernel tried to execute NX-protected page", ComplaintKind::kOops},
    {"unable to execute userspace code (SMEP?)", ComplaintKind::kOops},
    {"traps: Missing ENDBR: ", ComplaintKind::kOops},
    {"Missing ENDBR: ", ComplaintKind::kOops},
    {"CFI failure at ", ComplaintKind::kOops},
    {"Fixing recursive fault but reboot is needed", ComplaintKind::kOops},
    {"BUG: soft lockup - CPU#", ComplaintKind::kHang},
    {"BUG: workqueue lockup", ComplaintKind::kHang},
    {"BUG: spinlock lockup suspected", ComplaintKind::kHang},
    {"Watchdog detected hard LOCKUP", ComplaintKind::kHang},
    {"INFO: task ", ComplaintKind::kHang, " blocked for more than "},
    {"INFO: rcu_", ComplaintKind::kHang},
    {"BUG ", ComplaintKind::kLeak, ": Objects remaining "},  // "in" the cache, or since 6.12 "on"
    {"kmem_cache_destroy ", ComplaintKind::kLeak, ": Slab cache still has objects"},
    {"BUG: ", ComplaintKind::kWarn},
    {"BUG ", ComplaintKind::kWarn, " (Tainted: "},  // a slab cache's name follows
    {"BUG ", ComplaintKind::kWarn, " (Not tainted): "},
    {"WARNING: ", ComplaintKind::kWarn},
    {"[ BUG: ", ComplaintKind::kWarn},   // lockdep
    {"[ INFO: ", ComplaintKind::kWarn},  // lockdep
    {"INFO: trying to register non-static key", ComplaintKind::kWarn},
    {"INFO: suspicious RCU usage", ComplaintKind::kWarn},
    {"DEBUG_LOCKS_WARN_ON(", ComplaintKind::kWarn},
    {"------------[ ftrace bug ]------------", ComplaintKind::kWarn},
    {"ftrace failed to modify ", ComplaintKind::kWarn},
    {"UBSAN: ", ComplaintKind::kWarn},
    {"refcount_t: ", ComplaintKind::kWarn},
    {"list_add corruption", ComplaintKind::kWarn},
    {"list_del corruption", ComplaintKind::kWarn},
    {"list_add double add", ComplaintKind::kWarn},
    {"slab error in ", ComplaintKind::kWarn},
    {"kmem_cache_destroy ", ComplaintKind::kWarn},
    {"kmemleak: ", ComplaintKind::kWarn, " new suspected memory leaks"},
    {"sysfs: cannot create duplicate filename ", ComplaintKind::kWarn},
    {"kobject_add_internal failed for ", ComplaintKind::kWarn},
    {"failed to validate module [", ComplaintKind::kRefusal},
});

// Prefixes for a part of the kernel, which pr_fmt() puts before the formats above.
constexpr std::array<std::string_view, 4> kSpeakers = {
    "watchdog: ", "NMI watchdog: ", "rcu: ", "workqueue: "};

// "general words: 0000 [#1] PREEMPT SMP", which die() prints for every kind of trap on x86.
bool is_die_line(std::string_view line) {
  const std::size_t count = line.find(" [#");
  if (count == std::string_view::npos || count < 6) return false;
  const std::string_view code = line.substr(count - 4, 4);
  const auto is_hex = [](unsigned char c) { return std::isxdigit(c) != 0; };
  const std::size_t digits = line.find_first_not_of("0123456789", count + 3);
  return std::ranges::all_of(code, is_hex) && line.substr(count - 6, 2) == ": " &&
         digits != std::string_view::npos && digits > count + 3 && line[digits] == ']';
}

// A message of the module loader after "<module>: ".
bool is_loader_refusal(std::string_view line) {
  const std::size_t colon = line.find(": ");
  if (colon == std::string_view::npos || colon == 0) return false;
  const auto is_name = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; };
  if (!std::ranges::all_of(line.substr(0, colon), is_name)) return false;
  const std::string_view said = line.substr(colon + 2);
  return (said.starts_with("Unknown symbol ") && said.find(" (err ") != std::string_view::npos) ||
         said.starts_with("disagrees about version of symbol ") ||
         said.starts_with("no symbol version for ") || said.starts_with("version magic '") ||
         (said.starts_with("unknown parameter '") && said.ends_with("' ignored")) ||
         said.find("'->init suspiciously returned ") != std::string_view::npos;
}

constexpr std::string_view kCutHere = "------------[ cut here ]------------";
constexpr std::string_view kEndTrace = "---[ end trace ";

// The length of a complaint whose end the kernel does not mark. A warning with its registers, code
// bytes and stack has about fifty lines.
constexpr std::size_t kLinesAfter = 60;
// The text given to WARN() stands between the cut and the "WARNING:" line.
constexpr std::size_t kLinesBefore = 6;

std::size_t first_line(std::span<const std::string> lines, std::size_t headline) {
  for (std::size_t back = 1; back <= kLinesBefore && back <= headline; ++back) {
    if (lines[headline - back].starts_with(kEndTrace)) break;
    if (lines[headline - back] == kCutHere) return headline - back;
  }
  return headline;
}

// One past the last.
std::size_t last_line(std::span<const std::string> lines, std::size_t headline) {
  const std::size_t limit = std::min(lines.size(), headline + 1 + kLinesAfter);
  for (std::size_t i = headline + 1; i < limit; ++i) {
    if (lines[i].starts_with(kEndTrace)) return i + 1;
    if (lines[i] == kCutHere) return i;
  }
  return limit;
}

}  // namespace

std::optional<ComplaintKind> classify_line(std::string_view line) {
  for (bool stripped = true; stripped;) {
    stripped = false;
    for (std::string_view speaker : kSpeakers) {
      if (!line.starts_with(speaker)) continue;
      line.remove_prefix(speaker.size());
      stripped = true;
    }
  }
  for (const Format& format : kFormats) {
    if (line.starts_with(format.start) && line.find(format.later) != std::string_view::npos)
      return format.kind;
  }
  if (is_die_line(line) ||
      (line.starts_with("Oops: ") && line.find("[#") != std::string_view::npos)) {
    return ComplaintKind::kOops;
  }
  if (is_loader_refusal(line)) return ComplaintKind::kRefusal;
  return std::nullopt;
}

bool is_switch_off(std::string_view line) {
  constexpr std::string_view kSpeaker = "reboot: ";
  if (!line.starts_with(kSpeaker)) return false;
  line.remove_prefix(kSpeaker.size());
  return line.starts_with("Restarting system") || line == "Power down" || line == "System halted";
}

std::vector<Complaint> find_complaints(std::span<const std::string> lines) {
  std::vector<Complaint> complaints;
  std::size_t covered = 0;  // lines before this one belong to complaints.back()
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto kind = classify_line(lines[i]);
    if (!kind) continue;
    if (i < covered && *kind <= complaints.back().kind) continue;
    const std::size_t begin = first_line(lines, i);
    const std::size_t end = last_line(lines, i);
    const auto around = lines.subspan(begin, end - begin);
    complaints.push_back({*kind, i, lines[i], {around.begin(), around.end()}});
    covered = end;
  }
  return complaints;
}

}  // namespace kmod::vm
