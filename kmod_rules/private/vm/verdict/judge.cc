// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/judge.h"

#include <fmt/core.h>
#include <signal.h>

#include <algorithm>
#include <utility>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/verdict/complaint.h"
#include "kmod_rules/private/vm/verdict/guest_check.h"
#include "kmod_rules/private/vm/verdict/log_evidence.h"
#include "kmod_rules/private/vm/verdict/run_checks.h"
#include "kmod_rules/private/vm/verdict/step_check.h"
#include "kmod_rules/private/vm/verdict/taint.h"

namespace kmod::vm {
namespace {

struct Finding {
  Verdict verdict;
  std::string reason;
};

using MaybeFinding = std::optional<Finding>;

std::string seconds(std::int64_t ms) { return fmt::format("{}.{} s", ms / 1000, ms % 1000 / 100); }

std::string describe_flood() {
  return fmt::format("the guest printed more on its console than the {} MiB that are kept",
                     kMaxConsoleSize >> 20);
}

std::string last_line(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  const std::size_t newline = text.rfind('\n');
  return std::string(newline == std::string_view::npos ? text : text.substr(newline + 1));
}

// Empty if QEMU exited with status 0 or the runner killed it.
std::string qemu_failure(const Observation& seen) {
  if (!seen.qemu_exit || (seen.qemu_exit->code == 0 && !seen.qemu_exit->signaled)) return "";
  const auto [signaled, code] = *seen.qemu_exit;
  const std::string said = last_line(seen.qemu_output);
  return fmt::format("QEMU {} {}{}{}", signaled ? "was killed by signal" : "ended with status",
                     code, said.empty() ? " and printed nothing" : ": " + said,
                     signaled && code == SIGKILL
                         ? "; the kernel of a host that is out of memory does that and logs it"
                         : "");
}

// Where in the kernel the running step is, if known.
std::string stack_of_step(const Observation& seen) {
  if (!seen.last_heartbeat || seen.last_heartbeat->stack.empty()) return "";
  return fmt::format(", which is at\n{}", seen.last_heartbeat->stack);
}

// Where the guest was, for the reasons of a hang.
std::string whereabouts(const Observation& seen, const Expectation& wanted) {
  if (seen.begun.size() > seen.steps.size()) {
    const Step& step = seen.begun.back().step;
    return fmt::format("during \"{}\"{}", step_name(step, wanted.reloads), stack_of_step(seen));
  }
  if (seen.end) return "after the end record";
  return seen.steps.empty() ? "before the first step" : "after the last step";
}

// Whether QEMU had so little of the host that reaching a limit says nothing about the guest. A
// limit that a person chose counts as it is.
bool was_starved(const Observation& seen) {
  return !seen.limit_is_given && seen.lasted_ms != 0 && seen.waited_ms * 2 >= seen.lasted_ms;
}

// A limit that was reached, unless the host is to blame.
Finding find_limit(const Observation& seen, Verdict verdict, std::string reason) {
  if (!was_starved(seen)) return {verdict, std::move(reason)};
  return {Verdict::kInfrastructure,
          fmt::format("{}; the host was busy, and QEMU waited for a processor during {} of {}: run "
                      "fewer tests at a time, or give the test a longer timeout",
                      reason, seconds(seen.waited_ms), seconds(seen.lasted_ms))};
}

MaybeFinding find_no_boot(const Observation& seen, const LogEvidence& evidence) {
  if (seen.start_error) return Finding{Verdict::kInfrastructure, *seen.start_error};
  if (seen.ready) return std::nullopt;
  if (seen.stop == Stop::kSignaled) {
    return Finding{Verdict::kInfrastructure, "the runner was told to stop before init was ready"};
  }
  if (seen.stop == Stop::kLostTimer) {
    return Finding{Verdict::kInfrastructure,
                   fmt::format("{}, in {} boots in turn; run the test again with fewer jobs",
                               kHostTooBusy, kMaxBoots)};
  }
  if (const std::string failure = qemu_failure(seen); !failure.empty()) {
    return Finding{Verdict::kInfrastructure, failure};
  }
  std::string reason = "init was not ready within " + seconds(seen.limit_ms);
  if (seen.stop == Stop::kGuestLeft) reason = "the virtual machine stopped before init was ready";
  if (seen.stop == Stop::kAfterFailure) reason = "the kernel failed before init was ready";
  if (seen.stop == Stop::kFlood) reason = describe_flood() + ", before init was ready";
  if (seen.console.empty() && seen.stop != Stop::kFlood)
    reason += " and the kernel printed nothing";
  if (evidence.first) reason += fmt::format("; the kernel printed: {}", describe(*evidence.first));
  reason += explain_boot_failure(seen);
  if (seen.kvm) {
    return Finding{Verdict::kInfrastructure,
                   reason + "; it may work with --accel=tcg, which does not need KVM"};
  }
  const bool reached_limit = seen.stop == Stop::kBootLimit || seen.stop == Stop::kTimeLimit;
  return reached_limit ? find_limit(seen, Verdict::kNoBoot, std::move(reason))
                       : Finding{Verdict::kNoBoot, reason};
}

MaybeFinding find_complaint(const Observation& seen, const LogEvidence& evidence) {
  if (evidence.boot && evidence.boot->kind >= ComplaintKind::kWarn) {
    return Finding{Verdict::kInfrastructure,
                   fmt::format("the kernel complained before the first module was loaded: {}",
                               describe(*evidence.boot))};
  }
  if (evidence.worst && evidence.worst->kind >= ComplaintKind::kWarn) {
    return Finding{verdict_of(evidence.worst->kind), describe(*evidence.worst)};
  }
  for (const StepEndMessage& step : seen.steps) {
    // Any process may kill a program, but only the kernel kills a process that loads a module.
    if (step.outcome == StepOutcome::kDied && step.step.kind != StepKind::kProgram) {
      return Finding{Verdict::kOops, *check_step({step.step, 0}, step)};
    }
  }
  return std::nullopt;
}

// The step that the time limit ended is a hang if it had a good part of the time. Otherwise the
// steps before it used the time up.
MaybeFinding find_timeout(const Observation& seen) {
  constexpr std::uint64_t kLongUs = 10'000'000;
  for (const StepEndMessage& step : seen.steps) {
    if (step.outcome != StepOutcome::kTimedOut) continue;
    std::string reason = *check_step({step.step, 0}, step);
    if (step.duration_us >= std::min(kLongUs, seen.step_limit_us / 2)) {
      return find_limit(seen, Verdict::kHang, reason + stack_of_step(seen));
    }
    return Finding{
        Verdict::kInfrastructure,
        fmt::format("{}: that was all that was left of the {} for all steps; give the "
                    "test a longer timeout, or run fewer tests at a time",
                    reason, seconds(static_cast<std::int64_t>(seen.step_limit_us / 1000)))};
  }
  return std::nullopt;
}

// Init resets the VM only after its end record.
MaybeFinding find_switch_off(const Observation& seen, const Expectation& wanted) {
  if (seen.end || !seen.ready) return std::nullopt;
  const auto line =
      std::ranges::find_if(seen.kernel_console, is_switch_off, &KernelConsoleLine::text);
  if (line == seen.kernel_console.end()) return std::nullopt;
  return Finding{Verdict::kFail,
                 fmt::format("a process in the guest switched it off or restarted it {}: {}",
                             whereabouts(seen, wanted), line->text)};
}

MaybeFinding find_early_stop(const Observation& seen, const Expectation& wanted) {
  switch (seen.stop) {
    case Stop::kSignaled:
      return Finding{Verdict::kInfrastructure,
                     fmt::format("the runner was told to stop {}", whereabouts(seen, wanted))};
    case Stop::kSilence:
      return Finding{Verdict::kHang,
                     fmt::format("the guest sent nothing for {}, {}", seconds(seen.limit_ms),
                                 whereabouts(seen, wanted))};
    case Stop::kTimeLimit:
    case Stop::kBootLimit:
    case Stop::kAfterFailure:
      return find_limit(seen, Verdict::kHang,
                        fmt::format("the time limit of {} was reached {}", seconds(seen.limit_ms),
                                    whereabouts(seen, wanted)));
    case Stop::kFlood:
      return Finding{Verdict::kFail,
                     fmt::format("{}, {}", describe_flood(), whereabouts(seen, wanted))};
    case Stop::kAfterEnd:
      return Finding{Verdict::kHang,
                     fmt::format("the guest did not switch off within {} after its end record",
                                 seconds(seen.limit_ms))};
    case Stop::kGuestLeft:
    case Stop::kLostTimer:  // only before init is ready
      break;
  }
  if (const std::string failure = qemu_failure(seen); !failure.empty()) {
    return Finding{Verdict::kInfrastructure, failure};
  }
  if (!seen.end && seen.channel_errors.empty() && seen.guest_errors.empty()) {
    // With -no-reboot, QEMU exits with status 0 when the VM is reset. Init resets it only after its
    // end record, and a panic prints a line on the console, so this was a triple fault.
    return Finding{Verdict::kPanic,
                   fmt::format("the virtual machine reset itself without a message {}",
                               whereabouts(seen, wanted))};
  }
  return std::nullopt;
}

MaybeFinding find_early_taint(const Observation& seen, const Expectation& wanted) {
  const std::uint64_t before = seen.taint_before->mask & ~wanted.allowed_taint;
  if (before == 0) return std::nullopt;
  return Finding{Verdict::kInfrastructure,
                 fmt::format("the kernel was tainted before the first module was loaded: {}",
                             describe_taint(before))};
}

// Why a program may have failed: the kernel's message that the guest is out of memory.
std::string memory_hint(const LogEvidence& evidence) {
  const auto line = std::ranges::find_if(evidence.step_lines, [](const std::string& text) {
    return text.starts_with("Out of memory: Killed process ");
  });
  if (line == evidence.step_lines.end()) return "";
  return fmt::format(
      "; the guest ran out of memory, whose size the test's attribute memory sets: {}", *line);
}

// The first of the failed checks with the worst verdict.
MaybeFinding find_failed_check(const std::vector<Check>& checks, const LogEvidence& evidence) {
  for (const Verdict verdict : {Verdict::kOops, Verdict::kWarn, Verdict::kLeak, Verdict::kKmemleak,
                                Verdict::kNoBoot, Verdict::kFail, Verdict::kMissingLine}) {
    for (const Check& check : checks) {
      if (check.state != CheckState::kFailed || check.verdict != verdict) continue;
      return Finding{verdict,
                     check.detail + (verdict == Verdict::kFail ? memory_hint(evidence) : "")};
    }
  }
  return std::nullopt;
}

std::string count_checks(const std::vector<Check>& checks) {
  const auto skipped = std::ranges::count(checks, CheckState::kSkipped, &Check::state);
  const auto passed = static_cast<std::ptrdiff_t>(checks.size()) - skipped;
  if (skipped == 0) return fmt::format("all {} checks passed", passed);
  return fmt::format("{} checks passed, {} were skipped", passed, skipped);
}

// A module or program was handled in another way than the plan says: a fault of init, or an
// initramfs with another plan.
MaybeFinding find_unexpected_step(const StepMatches& matches, const Expectation& wanted) {
  if (matches.unexpected == nullptr) return std::nullopt;
  return Finding{Verdict::kInfrastructure,
                 fmt::format("the guest did \"{}\", which its plan does not call for at that point",
                             step_name(*matches.unexpected, wanted.reloads))};
}

// Ordered: the first finding is the verdict, so that a later one, such as a missing step, cannot
// hide its cause, such as an oops.
Finding find_verdict(const Observation& seen, const Expectation& wanted, const StepMatches& matches,
                     const LogEvidence& evidence, const std::vector<Check>& checks) {
  if (auto finding = find_no_boot(seen, evidence)) return *finding;
  if (auto finding = find_complaint(seen, evidence)) return *finding;
  if (auto finding = find_timeout(seen)) return *finding;
  if (auto finding = find_switch_off(seen, wanted)) return *finding;
  if (auto finding = find_early_stop(seen, wanted)) return *finding;
  if (auto wrong = check_channel(seen)) return {Verdict::kInfrastructure, *wrong};
  if (auto finding = find_unexpected_step(matches, wanted)) return *finding;
  if (auto finding = find_early_taint(seen, wanted)) return *finding;
  if (auto finding = find_failed_check(checks, evidence)) return *finding;
  return {Verdict::kPass, count_checks(checks)};
}

// A hang has no line in the log; its complaint is the stack of the process that hangs.
std::optional<Complaint> describe_hang(const Finding& finding, const Observation& seen) {
  if (finding.verdict != Verdict::kHang || !seen.last_heartbeat) return std::nullopt;
  Complaint complaint{.kind = ComplaintKind::kHang,
                      .headline = finding.reason.substr(0, finding.reason.find('\n'))};
  // In the form of a complaint, so that the report finds its lines in the source.
  complaint.lines = {complaint.headline, "Call Trace:"};
  for (std::string_view line : base::split_lines(seen.last_heartbeat->stack)) {
    complaint.lines.emplace_back(line);
  }
  return complaint;
}

Check verdict_check(const Judgment& judgment) {
  const bool passed = judgment.verdict == Verdict::kPass;
  return {.name = "verdict",
          .state = passed ? CheckState::kPassed : CheckState::kFailed,
          .detail = passed ? "" : judgment.reason,
          .verdict = judgment.verdict};
}

}  // namespace

Judgment judge(const Observation& seen, const Expectation& wanted) {
  const LogEvidence evidence = collect_evidence(seen, wanted.allowed);
  Judgment judgment;
  const StepMatches matches = match_steps(wanted, seen);
  judgment.checks = run_checks(seen, wanted, matches, evidence);
  Finding finding = find_verdict(seen, wanted, matches, evidence, judgment.checks);
  judgment.verdict = finding.verdict;
  judgment.complaint = evidence.boot ? evidence.boot : evidence.first;
  if (!judgment.complaint) judgment.complaint = describe_hang(finding, seen);
  judgment.used_allowances = evidence.used_allowances;
  judgment.reason = std::move(finding.reason);
  judgment.checks.push_back(verdict_check(judgment));
  return judgment;
}

void note_lost_results(Judgment& judgment, const std::string& error) {
  if (judgment.verdict == Verdict::kPass) {
    judgment.verdict = Verdict::kInfrastructure;
    judgment.reason = fmt::format("the run passed, but its results are lost: {}", error);
  } else {
    judgment.reason += fmt::format("; results of the run are lost: {}", error);
  }
  judgment.checks.back() = verdict_check(judgment);
}

}  // namespace kmod::vm
