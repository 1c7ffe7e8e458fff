// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "tests/vm/harness/test_report.h"

#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
namespace {

// The number after the last space.
std::optional<std::int64_t> last_number(std::string_view text) {
  return base::parse_number<std::int64_t>(text.substr(text.rfind(' ') + 1));
}

// "time: 2172 ms: runner 6, …, init 7, modules 130, switching off 11, judging 1".
bool parse_time(std::string_view line, TestReport& report) {
  std::string_view stages = line.substr(line.find(" ms: ") + 5);
  std::int64_t before_ready = 0;
  std::int64_t after_ready = 0;
  for (std::string_view stage : base::split(stages, ',')) {
    const auto spent = last_number(stage);
    if (!spent) return false;
    (report.ready ? after_ready : before_ready) += *spent;
    report.ready |= stage.starts_with(" init ");
  }
  report.spent_ms = report.ready ? after_ready : before_ready;
  return true;
}

}  // namespace

std::optional<TestReport> parse_test_report(std::string_view output) {
  constexpr std::string_view kVerdict = "verdict: ";
  std::string_view before;
  std::optional<TestReport> report;
  // The last one counts: a guest's output never starts a line, and the runner prints its report
  // last.
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
