// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/vm_faults/test_report.h"

#include <charconv>

#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

// The number behind the last space.
std::optional<std::int64_t> last_number(std::string_view text) {
  text.remove_prefix(text.rfind(' ') + 1);
  std::int64_t value = 0;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const auto [stop, error] = std::from_chars(begin, end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

// "time: 2172 ms: runner 6, …, init 7, modules 130, switching off 11, judging 1".
bool parse_time(std::string_view line, TestReport& report) {
  std::string_view stages = line.substr(line.find(" ms: ") + 5);
  std::int64_t before_ready = 0;
  std::int64_t behind_ready = 0;
  for (std::string_view stage : base::split(stages, ',')) {
    const auto spent = last_number(stage);
    if (!spent) return false;
    (report.ready ? behind_ready : before_ready) += *spent;
    report.ready |= stage.starts_with(" init ");
  }
  report.spent_ms = report.ready ? behind_ready : before_ready;
  return true;
}

}  // namespace

std::optional<TestReport> parse_test_report(std::string_view output) {
  constexpr std::string_view kVerdict = "verdict: ";
  std::string_view before;
  std::optional<TestReport> report;
  // A later one counts: nothing of the guest's begins a line, but the runner's own is the last.
  for (std::string_view line : base::split_lines(output)) {
    if (before.starts_with("time: ") && before.contains(" ms: ") && line.starts_with(kVerdict)) {
      TestReport found;
      line.remove_prefix(kVerdict.size());
      found.verdict = line.substr(0, line.find(": "));
      if (parse_time(before, found)) report = std::move(found);
    }
    before = line;
  }
  return report;
}

}  // namespace kmod::vm
