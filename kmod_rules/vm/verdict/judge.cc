// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/vm/verdict/judge.h"

#include <signal.h>

#include <algorithm>
#include <utility>

#include "kmod_rules/private/tools/lines.h"
#include "kmod_rules/vm/verdict/boot_failure.h"
#include "kmod_rules/vm/verdict/channel_check.h"
#include "kmod_rules/vm/verdict/log_evidence.h"
#include "kmod_rules/vm/verdict/log_scanner.h"
#include "kmod_rules/vm/verdict/run_checks.h"
#include "kmod_rules/vm/verdict/step_check.h"
#include "kmod_rules/vm/verdict/taint.h"

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

std::string describe_flood() {
  return "the guest printed more on its console than the " + std::to_string(kMaxConsoleSize >> 20) +
         " MiB that are kept";
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
  text += said.empty() ? " and said nothing" : ": " + said;
  if (seen.qemu_exit->signalled && seen.qemu_exit->code == SIGKILL) {
    text += "; a host that is out of memory does that, as its kernel log would say";
  }
  return text;
}

// Where the step that runs is in the kernel, if that is known.
std::string stack_of_step(const Observation& seen) {
  if (!seen.last_heartbeat || seen.last_heartbeat->stack.empty()) return "";
  return ", which is at\n" + seen.last_heartbeat->stack;
}

// Where the guest was, for the reasons of a hang.
std::string whereabouts(const Observation& seen) {
  if (seen.begun.size() > seen.steps.size()) {
    std::string text =
        "during \"" + step_name(seen.begun.back().step, seen.begun.back().step.cycle) + "\"";
    return text + stack_of_step(seen);
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
  if (seen.stop == Stop::flood) reason = describe_flood() + ", before init was ready";
  if (seen.console.empty() && seen.stop != Stop::flood) reason += " and the kernel printed nothing";
  if (evidence.first) reason += "; the kernel said: " + evidence.first->headline;
  reason += explain_boot_failure(seen);
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
    return Finding{verdict_of(evidence.worst->kind), evidence.worst->headline};
  }
  for (const StepEndMessage& step : seen.steps) {
    // A program may be killed by anybody; whoever loads a module, only by the kernel's own doing.
    if (step.outcome == StepOutcome::died && step.step.kind != StepKind::program) {
      return Finding{Verdict::oops, *check_step({step.step, 0}, step)};
    }
  }
  return std::nullopt;
}

MaybeFinding find_timeout(const Observation& seen) {
  for (const StepEndMessage& step : seen.steps) {
    if (step.outcome != StepOutcome::timed_out) continue;
    return Finding{Verdict::hang, *check_step({step.step, 0}, step) + stack_of_step(seen)};
  }
  return std::nullopt;
}

// Init resets the machine only behind its end record.
MaybeFinding find_switch_off(const Observation& seen) {
  if (seen.end || !seen.ready) return std::nullopt;
  for (const std::string& line : seen.console) {
    const std::string_view text = strip_console_prefix(line);
    if (!is_switch_off(text)) continue;
    return Finding{Verdict::fail, "something in the guest switched it off or restarted it " +
                                      whereabouts(seen) + ": " + std::string(text)};
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
    case Stop::flood:
      return Finding{Verdict::fail, describe_flood() + ", " + whereabouts(seen)};
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

MaybeFinding find_early_taint(const Observation& seen, const Expectation& wanted) {
  const std::uint64_t before = seen.taint_before->mask & ~wanted.allowed_taint;
  if (before == 0) return std::nullopt;
  return Finding{
      Verdict::infrastructure,
      "the kernel was tainted before the first module was loaded: " + describe_taint(before)};
}

// Why a program may have failed: the kernel's word on the guest's memory.
std::string memory_hint(const LogEvidence& evidence) {
  const auto line = std::ranges::find_if(evidence.step_lines, [](const std::string& text) {
    return text.starts_with("Out of memory: Killed process ");
  });
  if (line == evidence.step_lines.end()) return "";
  return "; the guest ran out of memory, which the test's attribute memory sets: " + *line;
}

// Of several that failed, the first of the gravest kind.
MaybeFinding find_failed_check(const std::vector<Check>& checks, const LogEvidence& evidence) {
  for (const Verdict verdict : {Verdict::oops, Verdict::warn, Verdict::leak, Verdict::no_boot,
                                Verdict::fail, Verdict::missing_line}) {
    for (const Check& check : checks) {
      if (check.state != CheckState::failed || check.verdict != verdict) continue;
      return Finding{verdict,
                     check.detail + (verdict == Verdict::fail ? memory_hint(evidence) : "")};
    }
  }
  return std::nullopt;
}

std::string count_checks(const std::vector<Check>& checks) {
  const auto skipped = std::ranges::count(checks, CheckState::skipped, &Check::state);
  const auto passed = static_cast<std::ptrdiff_t>(checks.size()) - skipped;
  if (skipped == 0) return "all " + std::to_string(passed) + " checks passed";
  return std::to_string(passed) + " checks passed, " + std::to_string(skipped) + " were left out";
}

Finding find_verdict(const Observation& seen, const Expectation& wanted,
                     const LogEvidence& evidence, const std::vector<Check>& checks) {
  if (auto finding = find_no_boot(seen, evidence)) return *finding;
  if (auto finding = find_complaint(seen, evidence)) return *finding;
  if (auto finding = find_timeout(seen)) return *finding;
  if (auto finding = find_switch_off(seen)) return *finding;
  if (auto finding = find_early_stop(seen)) return *finding;
  if (auto wrong = check_channel(seen)) return {Verdict::infrastructure, *wrong};
  if (auto odd = find_odd_step(seen, wanted)) return {Verdict::infrastructure, *odd};
  if (auto finding = find_early_taint(seen, wanted)) return *finding;
  if (auto finding = find_failed_check(checks, evidence)) return *finding;
  return {Verdict::pass, count_checks(checks)};
}

// A hang has no line in the log, but the stack of whoever hangs.
std::optional<Complaint> describe_hang(const Finding& finding, const Observation& seen) {
  if (finding.verdict != Verdict::hang || !seen.last_heartbeat) return std::nullopt;
  Complaint complaint{.kind = ComplaintKind::hang,
                      .headline = finding.reason.substr(0, finding.reason.find('\n'))};
  complaint.lines.push_back(complaint.headline);
  for (std::string_view line : tools::split_lines(seen.last_heartbeat->stack)) {
    complaint.lines.emplace_back(line);
  }
  return complaint;
}

Check verdict_check(const Judgement& judgement) {
  const bool passed = judgement.verdict == Verdict::pass;
  return {.name = "verdict",
          .state = passed ? CheckState::passed : CheckState::failed,
          .detail = passed ? "" : judgement.reason,
          .verdict = judgement.verdict};
}

}  // namespace

Judgement judge(const Observation& seen, const Expectation& wanted) {
  const LogEvidence evidence = collect_evidence(seen, wanted.allowed);
  Judgement judgement;
  judgement.checks = run_checks(seen, wanted, evidence);
  Finding finding = find_verdict(seen, wanted, evidence, judgement.checks);
  judgement.verdict = finding.verdict;
  judgement.complaint = evidence.boot ? evidence.boot : evidence.first;
  if (!judgement.complaint) judgement.complaint = describe_hang(finding, seen);
  judgement.used_allowances = evidence.used_allowances;
  judgement.reason = std::move(finding.reason);
  judgement.checks.push_back(verdict_check(judgement));
  return judgement;
}

void note_lost_results(Judgement& judgement, const std::string& error) {
  if (judgement.verdict == Verdict::pass) {
    judgement.verdict = Verdict::infrastructure;
    judgement.reason = "the run passed, but its results are lost: " + error;
  } else {
    judgement.reason += "; results of the run are lost: " + error;
  }
  judgement.checks.back() = verdict_check(judgement);
}

}  // namespace kmod::vm
