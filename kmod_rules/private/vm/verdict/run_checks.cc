// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/run_checks.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "kmod_rules/private/vm/verdict/pattern.h"
#include "kmod_rules/private/vm/verdict/taint.h"
#include "kmod_rules/private/vm/wire/leak.h"

namespace kmod::vm {
namespace {

CheckState passed_if(bool good) { return good ? CheckState::kPassed : CheckState::kFailed; }

const std::string* output_of(const Observation& seen, const Step& step) {
  for (std::size_t i = 0; i < seen.begun.size() && i < seen.program_output.size(); ++i) {
    if (seen.begun[i].step == step) return &seen.program_output[i];
  }
  return nullptr;
}

bool has_begun(const Observation& seen, const Step& step) {
  return std::ranges::find(seen.begun, step, &StepBeginMessage::step) != seen.begun.end();
}

void add_steps(const Observation& seen, const Expectation& wanted, const StepMatches& matches,
               const LogEvidence& evidence, std::vector<Check>& checks) {
  for (const auto& [expected, end] : matches.steps) {
    Check check{.name = step_name(expected.step, wanted.reloads),
                .detail = has_begun(seen, expected.step) ? "it began, but the run ended in it"
                                                         : "the run did not reach it"};
    if (const std::string* output = output_of(seen, expected.step)) check.output = *output;
    if (end != nullptr) {
      const auto wrong = check_step(expected, *end, evidence.step_lines);
      check.state = passed_if(!wrong);
      check.detail = wrong.value_or("");
      check.duration_s = static_cast<double>(end->duration_us) / 1e6;
      if (is_left_loaded(*end)) check.verdict = Verdict::kLeak;
    }
    checks.push_back(std::move(check));
  }
  for (const SkippedCase& skipped : wanted.skipped_programs) {
    checks.push_back({.name = "program " + skipped.name,
                      .state = CheckState::kSkipped,
                      .detail = skipped.reason});
  }
}

void add_lines(const Expectation& wanted, const LogEvidence& evidence, std::vector<Check>& checks) {
  const auto matches = match_lines(wanted.lines, evidence.step_lines);
  std::size_t searched_from = 0;
  bool missing = false;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    Check check{.name = "log line: " + wanted.lines[i].text(),
                .state = passed_if(matches[i].has_value()),
                .verdict = Verdict::kMissingLine};
    if (matches[i]) {
      searched_from = *matches[i] + 1;
    } else if (!wanted.skipped_programs.empty()) {
      // The program that prints it may be one of the skipped ones, so its absence means nothing.
      check.state = CheckState::kSkipped;
      check.detail = "the line is missing, but not all programs ran";
    } else if (missing) {
      check.detail = "not searched for, because an earlier line is missing";
    } else {
      check.detail = explain_missing(wanted.lines[i], evidence.step_lines, searched_from);
      const bool imitated = std::ranges::any_of(
          evidence.process_lines, [&](const auto& line) { return wanted.lines[i].matches(line); });
      if (imitated) {
        check.detail +=
            "; a process wrote it to /dev/kmsg, but only lines of the kernel and its modules count";
      }
      missing = true;
    }
    checks.push_back(std::move(check));
  }
  for (const Pattern& pattern : wanted.forbidden) {
    const auto line = std::ranges::find_if(
        evidence.step_lines, [&](const std::string& text) { return pattern.occurs_in(text); });
    const bool absent = line == evidence.step_lines.end();
    checks.push_back({.name = "no log line: " + pattern.text(),
                      .state = passed_if(absent),
                      .detail = absent ? "" : fmt::format("the kernel log has \"{}\"", *line)});
  }
}

void add_taint(const Observation& seen, const Expectation& wanted, const LogEvidence& evidence,
               std::vector<Check>& checks) {
  Check check{.name = "taint mask", .detail = "not reported", .verdict = Verdict::kWarn};
  if (seen.taint_before && seen.taint_after) {
    const std::uint64_t allowed = wanted.allowed_taint | evidence.allowed_taint;
    const std::uint64_t taint = seen.taint_after->mask & ~allowed;
    check.state = passed_if(taint == 0);
    check.detail =
        taint == 0 ? "" : fmt::format("the kernel is tainted: {}", describe_taint(taint));
    if ((taint & kTaintDied) != 0) check.verdict = Verdict::kOops;
  }
  checks.push_back(std::move(check));
}

// The allocation that failed in the cycle, for what went wrong in it.
std::string after_failure(const Observation& seen, std::uint32_t cycle) {
  const auto failure = std::ranges::find(seen.failures, cycle, &FailingCycleMessage::cycle);
  if (failure == seen.failures.end() || failure->what.empty()) return "";
  return ", after the allocation by " + failure->what + " has failed";
}

std::string describe_failures(std::ptrdiff_t failed) {
  if (failed == 0) {
    return "the modules have allocated nothing, so nothing could fail; "
           "remove fail_allocations from the test";
  }
  if (failed == 1) return "the one allocation of the modules has failed";
  return fmt::format("each of the {} allocations of the modules has failed", failed);
}

void add_failures(const Observation& seen, const Expectation& wanted, std::vector<Check>& checks) {
  if (!wanted.fail_allocations) return;
  const auto failed = std::ranges::count_if(
      seen.failures, [](const FailingCycleMessage& cycle) { return !cycle.what.empty(); });
  // The last cycle is one without a failure.
  const bool is_complete = !seen.failures.empty() && seen.failures.back().what.empty();
  checks.push_back({.name = "failing allocations",
                    .state = passed_if(is_complete && failed > 0),
                    .detail = is_complete ? describe_failures(failed)
                                          : "the run did not reach the end of the allocations"});
}

// Adds the leaks that were found by kmemleak, or the others, to their check.
void add_leaks_to(Check check, bool unreachable, const Observation& seen,
                  std::vector<Check>& checks) {
  check.detail = seen.end ? "" : "the run did not reach it";
  check.state = passed_if(seen.end.has_value());
  for (const LeakMessage& leak : seen.leaks) {
    if (leak.unreachable != unreachable) continue;
    check.state = CheckState::kFailed;
    if (!check.detail.empty()) check.detail += "\n";
    check.detail += leak.what + after_failure(seen, leak.cycle);
    const char* separator = ", made at ";
    for (const ModuleAddress& place : leak.stack) {
      check.detail += separator + describe(place);
      separator = " < ";
    }
  }
  checks.push_back(std::move(check));
}

void add_leaks(const Observation& seen, const Expectation& wanted, std::vector<Check>& checks) {
  if (wanted.keep && seen.leaks.empty()) return;
  add_leaks_to({.name = "nothing left behind", .verdict = Verdict::kLeak}, false, seen, checks);
  const bool is_scanned =
      (seen.end && seen.end->scanned) ||
      std::ranges::any_of(seen.leaks, [](const LeakMessage& leak) { return leak.unreachable; });
  if (!is_scanned) return;
  add_leaks_to({.name = "no unreachable memory", .verdict = Verdict::kKmemleak}, true, seen,
               checks);
}

// A check that was not done has not passed. It is skipped only if the test says so, or if a kernel
// of this version cannot do it.
void add_unchecked(const Observation& seen, const Expectation& wanted, std::vector<Check>& checks) {
  if (!seen.end || wanted.keep) return;
  for (const Unchecked& part : seen.end->unchecked) {
    const bool is_known =
        part.inherent || std::ranges::find(wanted.unchecked, part.check) != wanted.unchecked.end();
    Check check{.name = part.check == kUncheckedCalls     ? "nothing left to be called"
                        : part.check == kUncheckedKmalloc ? "no memory of kmalloc() left behind"
                                                          : "state of the kernel",
                .state = is_known ? CheckState::kSkipped : CheckState::kFailed,
                .detail = "not checked: " + part.reason};
    if (!is_known) {
      check.detail = fmt::format(
          "\"{}\" was not checked: {}; a test that does without it says unchecked = [\"{}\"]",
          check.name, part.reason, part.check);
    }
    checks.push_back(std::move(check));
  }
}

}  // namespace

std::vector<Check> run_checks(const Observation& seen, const Expectation& wanted,
                              const StepMatches& matches, const LogEvidence& evidence) {
  std::vector<Check> checks;
  checks.push_back({.name = "boot",
                    .state = passed_if(seen.ready),
                    .detail = seen.ready ? "" : "init was never ready",
                    .verdict = Verdict::kNoBoot});
  add_steps(seen, wanted, matches, evidence, checks);
  add_lines(wanted, evidence, checks);
  checks.push_back({.name = "no complaint from the kernel",
                    .state = passed_if(!evidence.first),
                    .detail = evidence.first ? describe(*evidence.first) : "",
                    .verdict = evidence.worst ? verdict_of(evidence.worst->kind) : Verdict::kFail});
  add_taint(seen, wanted, evidence, checks);
  add_failures(seen, wanted, checks);
  add_leaks(seen, wanted, checks);
  add_unchecked(seen, wanted, checks);
  return checks;
}

}  // namespace kmod::vm
