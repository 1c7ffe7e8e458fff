// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/report.h"

#include <algorithm>
#include <cstdio>
#include <span>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/verdict/kernel_log.h"

namespace kmod::vm {
namespace {

constexpr std::size_t kMaxLogLines = 100;

std::string milliseconds(double seconds) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.1f ms", seconds * 1000);
  return text;
}

std::string indent(std::string_view text, std::string_view margin) {
  std::string result;
  for (std::string_view line : base::split_lines(text)) {
    result += std::string(margin) + std::string(line) + "\n";
  }
  return result;
}

std::string_view state_word(CheckState state) {
  switch (state) {
    case CheckState::kPassed:
      return "  ok    ";
    case CheckState::kSkipped:
      return "  SKIP  ";
    case CheckState::kFailed:
      break;
  }
  return "  FAIL  ";
}

std::string format_checks(const std::vector<Check>& checks) {
  std::string text;
  for (const Check& check : checks) {
    text += std::string(state_word(check.state)) + check.name;
    if (check.duration_s > 0) text += " (" + milliseconds(check.duration_s) + ")";
    text += "\n" + indent(check.detail, "        ");
  }
  return text;
}

// The last records since the first step.
std::span<const ObservedRecord> shown_records(const Judgment& judgment, const Observation& seen) {
  if (judgment.verdict == Verdict::kPass) return {};
  const auto first = std::ranges::find(seen.log, true, &ObservedRecord::during_steps);
  const std::span<const ObservedRecord> records(first, seen.log.end());
  return records.last(std::min(records.size(), kMaxLogLines));
}

std::string format_log(std::span<const ObservedRecord> shown, const Observation& seen) {
  if (shown.empty()) return "";
  const auto all = std::ranges::count(seen.log, true, &ObservedRecord::during_steps);
  const std::size_t hidden = static_cast<std::size_t>(all) - shown.size();
  std::string text = "kernel log from the first step on";
  if (hidden > 0) text += ", without its first " + std::to_string(hidden) + " records";
  text += ":\n";
  for (const ObservedRecord& observed : shown) {
    text += indent(format_record(observed.record), "  | ");
  }
  return text;
}

bool has_line(std::span<const ObservedRecord> shown, const std::string& line) {
  return std::ranges::any_of(shown, [&](const ObservedRecord& observed) {
    const auto lines = base::split(observed.record.text, '\n');
    return std::ranges::find(lines, line) != lines.end();
  });
}

// A dying kernel gets its last words only to the console, and a long log hides its beginning.
std::string format_complaint(const Judgment& judgment, std::span<const ObservedRecord> shown) {
  if (!judgment.complaint) return "";
  const std::vector<std::string>& lines = judgment.complaint->lines;
  if (std::ranges::all_of(lines, [&](const auto& line) { return has_line(shown, line); })) {
    return "";
  }
  std::string text = "what the kernel said in its first complaint:\n";
  for (const std::string& line : lines) text += indent(line, "  | ");
  return text;
}

}  // namespace

std::string format_report(const Judgment& judgment, const Observation& seen,
                          const Timeline& timeline, std::string_view crash_report) {
  std::string text = "checks:\n" + format_checks(judgment.checks);
  for (const AllowedComplaint& allowed : judgment.used_allowances) {
    text += "allowed: " + allowed.headline.text() + "\n  because: " + allowed.reason + "\n";
  }
  const std::span<const ObservedRecord> shown = shown_records(judgment, seen);
  text += format_log(shown, seen) + format_complaint(judgment, shown);
  if (judgment.verdict != Verdict::kPass && !seen.qemu_output.empty()) {
    text += "QEMU said:\n" + indent(seen.qemu_output, "  | ");
  }
  text += crash_report;
  text += "time: " + format_timeline(timeline) + "\n";
  text += "verdict: " + std::string(verdict_name(judgment.verdict)) + ": " + judgment.reason + "\n";
  return text;
}

}  // namespace kmod::vm
