// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/vm/report.h"

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <vector>

#include "kmod_rules/private/tools/lines.h"
#include "kmod_rules/vm/kernel_log.h"

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
  for (std::string_view line : tools::split_lines(text)) {
    result += std::string(margin) + std::string(line) + "\n";
  }
  return result;
}

std::string_view state_word(CheckState state) {
  switch (state) {
    case CheckState::passed:
      return "  ok    ";
    case CheckState::skipped:
      return "  SKIP  ";
    case CheckState::failed:
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

std::string format_log(const Observation& seen) {
  std::vector<std::string> lines;
  for (const ObservedRecord& observed : seen.log) {
    if (observed.during_steps) lines.push_back(format_record(observed.record));
  }
  if (lines.empty()) return "";
  const std::size_t first = lines.size() - std::min(lines.size(), kMaxLogLines);
  std::string text = "kernel log from the first step on";
  if (first > 0) text += ", without its first " + std::to_string(first) + " records";
  text += ":\n";
  for (std::size_t i = first; i < lines.size(); ++i) text += indent(lines[i], "  | ");
  return text;
}

}  // namespace

std::string format_report(const Judgement& judgement, const Observation& seen,
                          const Timeline& timeline) {
  std::string text = "checks:\n" + format_checks(judgement.checks);
  for (const AllowedComplaint& allowed : judgement.used_allowances) {
    text += "allowed: " + allowed.headline.text() + "\n  because: " + allowed.reason + "\n";
  }
  if (judgement.complaint) {
    text += "first complaint of the kernel:\n";
    for (const std::string& line : judgement.complaint->lines) text += indent(line, "  | ");
  }
  if (judgement.verdict != Verdict::pass) {
    text += format_log(seen);
    if (!seen.qemu_output.empty()) text += "QEMU said:\n" + indent(seen.qemu_output, "  | ");
  }
  text += "time: " + format_timeline(timeline) + "\n";
  text +=
      "verdict: " + std::string(verdict_name(judgement.verdict)) + ": " + judgement.reason + "\n";
  return text;
}

}  // namespace kmod::vm
