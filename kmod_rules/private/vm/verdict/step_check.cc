// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/step_check.h"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <ranges>
#include <utility>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/vm/verdict/load_reason.h"

namespace kmod::vm {
namespace {

// Why the kernel refuses to unload a module: kernel/module/main.c, delete_module().
std::string_view explain_unload(int error) {
  if (error == EWOULDBLOCK) return "; something still holds a reference to it";
  if (error == EBUSY) return "; it has no exit function, or its init did not return";
  if (error == ENOENT) return "; the kernel has no module of that name, something has unloaded it";
  return "";
}

// Any errno may come from the module's init as well.
std::string explain_load(const std::string& module, std::span<const std::string> log) {
  const std::string reason = find_load_reason(module, log);
  if (!reason.empty()) return "; the kernel says: " + reason;
  return "; the kernel does not say why, so the module's init may have returned it";
}

// The result of a system call: an errno, or the negative of what it returned instead.
std::string describe_result(int code) {
  return code < 0 ? fmt::format("the return value {}", -std::int64_t{code})
                  : base::describe_errno(code);
}

std::string kind_name(StepKind kind) {
  switch (kind) {
    case StepKind::kLoad:
      return "load ";
    case StepKind::kUnload:
      return "unload ";
    case StepKind::kProgram:
      break;
  }
  return "program ";
}

std::string describe_signal(int signal) {
  const char* name = sigabbrev_np(signal);
  return name == nullptr ? fmt::format("signal {}", signal)
                         : fmt::format("signal {} (SIG{})", signal, name);
}

std::string seconds(std::uint64_t us) {
  return fmt::format("{}.{} s", us / 1'000'000, us % 1'000'000 / 100'000);
}

std::optional<std::string> check_program(const StepEndMessage& seen, bool may_fail) {
  const std::string what = "the program " + seen.step.name;
  switch (seen.outcome) {
    case StepOutcome::kReturned:
      if (seen.code == 0 || may_fail) return std::nullopt;
      return fmt::format("{} exited with status {}", what, seen.code);
    case StepOutcome::kDied:
      return fmt::format("{} was killed by {}", what, describe_signal(seen.code));
    case StepOutcome::kNoFile:
      return fmt::format("{} cannot be started: {}", what, base::describe_errno(seen.code));
    case StepOutcome::kTimedOut:
      return fmt::format("{} did not end within {}", what, seconds(seen.duration_us));
    case StepOutcome::kStillListed:
      break;
  }
  return what + " ended as only a module can";
}

void add_cycle(const Expectation& expectation, std::uint32_t cycle,
               std::vector<ExpectedStep>& steps) {
  for (const ExpectedModule& module : expectation.modules) {
    steps.push_back({{StepKind::kLoad, cycle, module.name}, module.load_error});
  }
  for (const std::string& program : expectation.programs) {
    steps.push_back({{StepKind::kProgram, cycle, program}, 0});
  }
  if (expectation.keep) return;
  for (const ExpectedModule& module : std::views::reverse(expectation.modules)) {
    if (module.load_error == 0) steps.push_back({{StepKind::kUnload, cycle, module.name}, 0});
  }
}

bool has_loaded(const Observation& seen, const Step& step) {
  return std::ranges::any_of(seen.steps, [&step](const StepEndMessage& end) {
    return end.step == step && end.outcome == StepOutcome::kReturned && end.code == 0;
  });
}

// The cycle, in which only those modules are unloaded that were loaded.
void add_failing_cycle(const Expectation& expectation, const Observation& seen,
                       const FailingCycleMessage& failure, std::vector<ExpectedStep>& steps) {
  const bool may_fail = !failure.what.empty();
  const std::uint32_t cycle = failure.cycle;
  std::vector<ExpectedStep> all;
  add_cycle(expectation, cycle, all);
  for (ExpectedStep& step : all) {
    const Step load = {StepKind::kLoad, cycle, step.step.name};
    if (step.step.kind == StepKind::kUnload && may_fail && !has_loaded(seen, load)) continue;
    step.may_fail = may_fail && step.step.kind != StepKind::kUnload;
    steps.push_back(std::move(step));
  }
}

}  // namespace

void expect_plan(const Plan& plan, int load_error, Expectation& expectation) {
  for (const PlannedModule& module : plan.stock)
    expectation.stock.push_back({module.name, module.may_fail});
  for (const PlannedModule& module : plan.modules) expectation.modules.push_back({module.name, 0});
  expectation.modules.back().load_error = load_error;
  for (const PlannedProgram& program : plan.programs) expectation.programs.push_back(program.name);
  expectation.reloads = plan.reloads;
  expectation.fail_allocations = plan.fail_allocations;
  expectation.keep = plan.keep;
}

std::vector<ExpectedStep> expected_steps(const Expectation& expectation, const Observation& seen) {
  std::vector<ExpectedStep> steps;
  steps.reserve(expectation.stock.size());
  for (const ExpectedStock& module : expectation.stock) {
    steps.push_back({{StepKind::kLoad, 0, module.name}, 0, true, module.may_fail});
  }
  for (std::uint32_t cycle = 0; cycle <= expectation.reloads; ++cycle) {
    add_cycle(expectation, cycle, steps);
  }
  const std::uint32_t repeated = repeated_cycle(expectation.reloads);
  if (std::ranges::any_of(seen.begun, [repeated](const StepBeginMessage& message) {
        return message.step.cycle == repeated;
      })) {
    add_cycle(expectation, repeated, steps);
  }
  if (expectation.fail_allocations) {
    for (const FailingCycleMessage& failure : seen.failures) {
      add_failing_cycle(expectation, seen, failure, steps);
    }
  }
  if (expectation.keep) return steps;
  // Some have no exit function. A reference that a user's module left shows as a leak.
  for (const ExpectedStock& module : std::views::reverse(expectation.stock)) {
    steps.push_back({{StepKind::kUnload, 0, module.name}, 0, true, true});
  }
  return steps;
}

StepMatches match_steps(const Expectation& wanted, const Observation& seen) {
  StepMatches matches;
  std::size_t next = 0;
  for (ExpectedStep& step : expected_steps(wanted, seen)) {
    const bool taken = next < seen.steps.size() && seen.steps[next].step == step.step;
    matches.steps.push_back({std::move(step), taken ? &seen.steps[next++] : nullptr});
  }
  if (next < seen.steps.size()) matches.unexpected = &seen.steps[next].step;
  return matches;
}

std::string step_name(const Step& step, std::uint32_t reloads) {
  std::string name = kind_name(step.kind) + step.name;
  if (step.cycle >= first_failing_cycle(reloads)) {
    name += fmt::format(" (without allocation {})", step.cycle - first_failing_cycle(reloads) + 1);
  } else if (step.cycle == repeated_cycle(reloads)) {
    name += " (once more)";
  } else if (reloads != 0) {
    name += fmt::format(" (cycle {} of {})", step.cycle + 1, reloads + 1);
  }
  return name;
}

std::optional<std::string> check_step(const ExpectedStep& expected, const StepEndMessage& seen,
                                      std::span<const std::string> log) {
  if (seen.step.kind == StepKind::kProgram) return check_program(seen, expected.may_fail);
  const bool load = seen.step.kind == StepKind::kLoad;
  const std::string what =
      fmt::format("{} {}{}", load ? "loading" : "unloading",
                  expected.stock ? "the kernel's module " : "", seen.step.name);
  switch (seen.outcome) {
    case StepOutcome::kDied:
      return fmt::format("{} killed the process that did it, with {}", what,
                         describe_signal(seen.code));
    case StepOutcome::kStillListed:
      return what + " returned 0, but /proc/modules still lists the module";
    case StepOutcome::kNoFile:
      return fmt::format("{}: its file cannot be opened in the initramfs: {}", what,
                         base::describe_errno(seen.code));
    case StepOutcome::kTimedOut:
      return fmt::format("{} did not return within {}", what, seconds(seen.duration_us));
    case StepOutcome::kReturned:
      break;
  }
  if (seen.code == expected.error) return std::nullopt;
  // A return value beyond those of an errno is a fault in any case.
  if (expected.may_fail && (expected.stock || seen.code >= 0)) return std::nullopt;
  if (seen.code == 0) {
    return fmt::format("{} succeeded, but has to fail with {}", what,
                       base::describe_errno(expected.error));
  }
  const std::string text = fmt::format("{} failed with {}", what, describe_result(seen.code));
  if (!load) return text + std::string(explain_unload(seen.code));
  const std::string reason = explain_load(seen.step.name, log);
  if (expected.error == 0) return text + reason;
  return fmt::format("{}, but has to fail with {}{}", text, base::describe_errno(expected.error),
                     reason);
}

bool is_left_loaded(const StepEndMessage& seen) {
  return seen.step.kind == StepKind::kUnload &&
         (seen.outcome == StepOutcome::kStillListed ||
          (seen.outcome == StepOutcome::kReturned && seen.code != 0 && seen.code != ENOENT));
}

}  // namespace kmod::vm
