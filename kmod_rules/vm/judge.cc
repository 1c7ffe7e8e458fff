// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/vm/judge.h"

#include <algorithm>
#include <utility>

#include "kmod_rules/vm/channel_check.h"
#include "kmod_rules/vm/line_check.h"
#include "kmod_rules/vm/log_evidence.h"
#include "kmod_rules/vm/step_check.h"
#include "kmod_rules/vm/taint.h"

namespace kmod::vm {
namespace {

struct Finding {
  Verdict verdict;
  std::string reason;
};

using MaybeFinding = std::optional<Finding>;

std::string seconds(std::int64_t ms) {
  return std::to_string(ms / 1000) + "." + std::to_string(ms % 1000 / 100) + " s";
}

std::string last_line(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  const std::size_t newline = text.rfind('\n');
  return std::string(newline == std::string_view::npos ? text : text.substr(newline + 1));
}

// Empty if QEMU ended well or was killed by the runner.
std::string qemu_failure(const Observation& seen) {
  if (!seen.qemu_exit || (seen.qemu_exit->code == 0 && !seen.qemu_exit->signalled)) return "";
  std::string text =
      seen.qemu_exit->signalled ? "QEMU was killed by signal " : "QEMU ended with status ";
  text += std::to_string(seen.qemu_exit->code);
  const std::string said = last_line(seen.qemu_output);
  return text + (said.empty() ? " and said nothing" : ": " + said);
}

// Where the guest was, for the reasons of a hang.
std::string whereabouts(const Observation& seen) {
  if (seen.begun.size() > seen.steps.size()) {
    std::string text =
        "during \"" + step_name(seen.begun.back().step, seen.begun.back().step.cycle) + "\"";
    if (seen.last_heartbeat && !seen.last_heartbeat->stack.empty()) {
      text += ", which is at\n" + seen.last_heartbeat->stack;
    }
    return text;
  }
  if (seen.end) return "after the end record";
  return seen.steps.empty() ? "before the first step" : "after the last step";
}

MaybeFinding find_no_boot(const Observation& seen, const LogEvidence& evidence) {
  if (seen.start_error) return Finding{Verdict::infrastructure, *seen.start_error};
  if (seen.ready) return std::nullopt;
  if (seen.stop == Stop::signalled) {
    return Finding{Verdict::infrastructure, "the runner was told to stop before init was ready"};
  }
  if (const std::string failure = qemu_failure(seen); !failure.empty()) {
    return Finding{Verdict::infrastructure, failure};
  }
  std::string reason = "init was not ready within " + seconds(seen.limit_ms);
  if (seen.stop == Stop::guest_left) reason = "the virtual machine ended before init was ready";
  if (seen.stop == Stop::after_failure) reason = "the kernel failed before init was ready";
  if (seen.console.empty()) reason += " and the kernel printed nothing";
  if (evidence.first) reason += "; the kernel said: " + evidence.first->headline;
  if (seen.kvm) {
    return Finding{Verdict::infrastructure,
                   reason + "; with --accel=tcg, which needs no KVM, it may work"};
  }
  return Finding{Verdict::no_boot, reason};
}

MaybeFinding find_complaint(const Observation& seen, const LogEvidence& evidence) {
  if (evidence.boot && evidence.boot->kind >= ComplaintKind::warn) {
    return Finding{
        Verdict::infrastructure,
        "the kernel complained before the first module was loaded: " + evidence.boot->headline};
  }
  if (evidence.worst && evidence.worst->kind >= ComplaintKind::warn) {
    const Verdict verdict = evidence.worst->kind == ComplaintKind::panic  ? Verdict::panic
                            : evidence.worst->kind == ComplaintKind::oops ? Verdict::oops
                            : evidence.worst->kind == ComplaintKind::hang ? Verdict::hang
                                                                          : Verdict::warn;
    return Finding{verdict, evidence.worst->headline};
  }
  for (const StepEndMessage& step : seen.steps) {
    if (step.outcome == StepOutcome::died) {
      return Finding{Verdict::oops, *check_step({step.step, 0}, step)};
    }
  }
  return std::nullopt;
}

MaybeFinding find_early_stop(const Observation& seen) {
  switch (seen.stop) {
    case Stop::signalled:
      return Finding{Verdict::infrastructure, "the runner was told to stop " + whereabouts(seen)};
    case Stop::silence:
      return Finding{Verdict::hang, "the guest sent nothing for " + seconds(seen.limit_ms) + ", " +
                                        whereabouts(seen)};
    case Stop::time_limit:
    case Stop::boot_limit:
    case Stop::after_failure:
      return Finding{Verdict::hang, "the time limit of " + seconds(seen.limit_ms) +
                                        " was reached " + whereabouts(seen)};
    case Stop::after_end:
      return Finding{Verdict::hang, "the guest did not switch off within " +
                                        seconds(seen.limit_ms) + " after its end record"};
    case Stop::guest_left:
      break;
  }
  if (const std::string failure = qemu_failure(seen); !failure.empty()) {
    return Finding{Verdict::infrastructure, failure};
  }
  if (!seen.end && seen.channel_errors.empty() && seen.guest_errors.empty()) {
    // With -no-reboot a reset ends QEMU with status 0. Init resets the machine only behind its end
    // record, and a panic says so on the console: what is left is a triple fault.
    return Finding{Verdict::panic,
                   "the virtual machine reset itself without a word " + whereabouts(seen)};
  }
  return std::nullopt;
}

MaybeFinding find_taint(const Observation& seen, const Expectation& wanted) {
  const std::uint64_t before = seen.taint_before->mask & ~wanted.allowed_taint;
  if (before != 0) {
    return Finding{
        Verdict::infrastructure,
        "the kernel was tainted before the first module was loaded: " + describe_taint(before)};
  }
  const std::uint64_t taint = seen.taint_after->mask & ~wanted.allowed_taint;
  if (taint == 0) return std::nullopt;
  const Verdict verdict = (taint & kTaintDied) != 0     ? Verdict::oops
                          : (taint & kTaintWarned) != 0 ? Verdict::warn
                                                        : Verdict::fail;
  return Finding{verdict, "the kernel is tainted: " + describe_taint(taint)};
}

// One check for each expected step and line, for the taint mask and for the kernel's complaints.
std::vector<Check> run_checks(const Observation& seen, const Expectation& wanted,
                              const LogEvidence& evidence) {
  std::vector<Check> checks;
  checks.push_back({"boot", seen.ready, seen.ready ? "" : "init was never ready"});
  const std::vector<ExpectedStep> steps = expected_steps(wanted);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Check check{step_name(steps[i].step, wanted.reloads), false, "the run did not get to it"};
    if (i < seen.steps.size()) {
      const auto wrong = check_step(steps[i], seen.steps[i]);
      check.passed = !wrong;
      check.detail = wrong.value_or("");
      check.duration_s = static_cast<double>(seen.steps[i].duration_us) / 1e6;
    }
    checks.push_back(std::move(check));
  }
  const auto matches = match_lines(wanted.lines, evidence.step_lines);
  std::size_t searched_from = 0;
  bool missing = false;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    Check check{"log line: " + wanted.lines[i].text, matches[i].has_value(), ""};
    if (matches[i]) {
      searched_from = *matches[i] + 1;
    } else if (missing) {
      check.detail = "not looked for, because an earlier line is missing";
    } else {
      check.detail = explain_missing(wanted.lines[i], evidence.step_lines, searched_from);
      missing = true;
    }
    checks.push_back(std::move(check));
  }
  checks.push_back({"no complaint from the kernel", !evidence.first,
                    evidence.first ? evidence.first->headline : ""});
  Check taint{"taint mask", false, "not reported"};
  if (seen.taint_before && seen.taint_after) {
    const auto wrong = find_taint(seen, wanted);
    taint.passed = !wrong;
    taint.detail = wrong ? wrong->reason : "";
  }
  checks.push_back(std::move(taint));
  return checks;
}

MaybeFinding find_failed_check(const std::vector<Check>& checks) {
  const auto failed = std::ranges::find(checks, false, &Check::passed);
  if (failed == checks.end()) return std::nullopt;
  return Finding{Verdict::fail, failed->detail};
}

Finding find_verdict(const Observation& seen, const Expectation& wanted,
                     const LogEvidence& evidence, const std::vector<Check>& checks) {
  if (auto finding = find_no_boot(seen, evidence)) return *finding;
  if (auto finding = find_complaint(seen, evidence)) return *finding;
  if (auto finding = find_early_stop(seen)) return *finding;
  if (auto wrong = check_channel(seen)) return {Verdict::infrastructure, *wrong};
  if (seen.steps.size() > expected_steps(wanted).size()) {
    return {Verdict::infrastructure, "the guest took more steps than the test has"};
  }
  if (auto finding = find_taint(seen, wanted)) return *finding;
  if (auto finding = find_failed_check(checks)) return *finding;
  return {Verdict::pass, "all " + std::to_string(checks.size()) + " checks passed"};
}

}  // namespace

Judgement judge(const Observation& seen, const Expectation& wanted) {
  const LogEvidence evidence = collect_evidence(seen);
  Judgement judgement;
  judgement.checks = run_checks(seen, wanted, evidence);
  Finding finding = find_verdict(seen, wanted, evidence, judgement.checks);
  judgement.verdict = finding.verdict;
  judgement.reason = std::move(finding.reason);
  judgement.complaint = evidence.boot ? evidence.boot : evidence.first;
  const bool passed = judgement.verdict == Verdict::pass;
  judgement.checks.push_back({"verdict", passed, passed ? "" : judgement.reason});
  return judgement;
}

}  // namespace kmod::vm
