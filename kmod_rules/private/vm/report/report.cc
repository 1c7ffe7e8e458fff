// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/report.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/verdict/kernel_log.h"

namespace kmod::vm {
namespace {

constexpr std::size_t kMaxLogLines = 100;

std::string indent(std::string_view text, std::string_view margin) {
  std::string result;
  for (std::string_view line : base::split_lines(text)) {
    result += fmt::format("{}{}\n", margin, line);
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
    text += fmt::format("{}{}", state_word(check.state), check.name);
    if (check.duration_s > 0) text += fmt::format(" ({:.1f} ms)", check.duration_s * 1000);
    text += fmt::format("\n{}", indent(check.detail, "        "));
  }
  return text;
}

// The last kMaxLogLines records since the first step.
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
  if (hidden > 0) text += fmt::format(", without its first {} records", hidden);
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

// The last lines of a kernel that stops reach only the console, and the start of a long log is not
// shown.
std::string format_complaint(const Judgment& judgment, std::span<const ObservedRecord> shown) {
  if (!judgment.complaint) return "";
  const std::vector<std::string>& lines = judgment.complaint->lines;
  if (std::ranges::all_of(lines, [&](const auto& line) { return has_line(shown, line); })) {
    return "";
  }
  std::string text = "the lines of the kernel's first complaint:\n";
  for (const std::string& line : lines) text += indent(line, "  | ");
  return text;
}

}  // namespace

std::string format_timeline(const Timeline& timeline) {
  // Each stage by the event that ends it.
  const std::pair<std::string_view, std::optional<std::uint64_t>> stages[] = {
      {"runner", timeline.qemu_started},
      {timeline.restored ? "QEMU and snapshot" : "QEMU and firmware", timeline.first_output},
      {"unpacking the kernel", timeline.first_log_line},
      {"kernel", timeline.init_started},
      {"init", timeline.ready},
      {"modules", timeline.ended},
      {"switching off", timeline.qemu_gone},
      {"judging", timeline.judged},
  };
  const auto in_ms = [](std::uint64_t from, std::uint64_t to) { return (to - from + 500) / 1000; };
  std::string text = fmt::format("{} ms:", in_ms(timeline.runner_started, timeline.judged));
  std::uint64_t last = timeline.runner_started;
  std::string_view separator = " ";
  std::string_view stayed_in;
  for (const auto& [name, end] : stages) {
    if (stayed_in.empty()) stayed_in = name;
    if (!end || *end < last) continue;
    text += fmt::format("{}{} {}", separator, stayed_in, in_ms(last, *end));
    last = *end;
    separator = ", ";
    stayed_in = {};
  }
  return text;
}

std::string format_report(const Judgment& judgment, const Observation& seen,
                          const Timeline& timeline, std::string_view crash_report) {
  std::string text = "checks:\n" + format_checks(judgment.checks);
  for (const AllowedComplaint& allowed : judgment.used_allowances) {
    text += fmt::format("allowed: {}\n  because: {}\n", allowed.headline.text(), allowed.reason);
  }
  const std::span<const ObservedRecord> shown = shown_records(judgment, seen);
  text += format_log(shown, seen) + format_complaint(judgment, shown);
  if (judgment.verdict != Verdict::kPass && !seen.qemu_output.empty()) {
    text += "QEMU printed:\n" + indent(seen.qemu_output, "  | ");
  }
  text += crash_report;
  text += fmt::format("time: {}\nverdict: {}: {}\n", format_timeline(timeline),
                      verdict_name(judgment.verdict), judgment.reason);
  return text;
}

}  // namespace kmod::vm
