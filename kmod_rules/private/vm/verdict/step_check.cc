// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/step_check.h"

#include <cerrno>
#include <cstring>
#include <ranges>

#include "kmod_rules/private/base/errno_name.h"

namespace kmod::vm {
namespace {

std::string_view hint(StepKind kind, int error) {
  if (kind == StepKind::kUnload) {
    if (error == EWOULDBLOCK) return "; something still holds a reference to it";
    if (error == EBUSY) return "; it has no exit function, or its init did not return";
    if (error == ENOENT) return "; the kernel does not know it under that name";
    return "";
  }
  if (error == ENOENT) return "; a symbol is missing, the kernel log names it";
  if (error == ENOEXEC)
    return "; it was not built for this kernel or is damaged, the kernel log says which";
  if (error == EEXIST) return "; a module of that name is already there";
  return "";
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
  return "signal " + std::to_string(signal) +
         (name == nullptr ? "" : " (SIG" + std::string(name) + ")");
}

std::string seconds(std::uint64_t us) {
  return std::to_string(us / 1'000'000) + "." + std::to_string(us % 1'000'000 / 100'000) + " s";
}

std::optional<std::string> check_program(const StepEndMessage& seen) {
  const std::string what = "the program " + seen.step.name;
  switch (seen.outcome) {
    case StepOutcome::kReturned:
      if (seen.code == 0) return std::nullopt;
      return what + " exited with status " + std::to_string(seen.code);
    case StepOutcome::kDied:
      return what + " was killed by " + describe_signal(seen.code);
    case StepOutcome::kNoFile:
      return what + " cannot be started: " + base::describe_errno(seen.code);
    case StepOutcome::kTimedOut:
      return what + " did not end within " + seconds(seen.duration_us);
    case StepOutcome::kStillListed:
      break;
  }
  return what + " ended as only a module can";
}

}  // namespace

std::vector<ExpectedStep> expected_steps(const Expectation& expectation) {
  std::vector<ExpectedStep> steps;
  for (std::uint32_t cycle = 0; cycle <= expectation.reloads; ++cycle) {
    for (const ExpectedModule& module : expectation.modules) {
      steps.push_back({{StepKind::kLoad, cycle, module.name}, module.load_error});
    }
    for (const std::string& program : expectation.programs) {
      steps.push_back({{StepKind::kProgram, cycle, program}, 0});
    }
    if (expectation.keep) continue;
    for (const ExpectedModule& module : std::views::reverse(expectation.modules)) {
      if (module.load_error == 0) {
        steps.push_back({{StepKind::kUnload, cycle, module.name}, 0});
      }
    }
  }
  return steps;
}

std::string step_name(const Step& step, std::uint32_t reloads) {
  std::string name = kind_name(step.kind) + step.name;
  if (reloads != 0) {
    name +=
        " (cycle " + std::to_string(step.cycle + 1) + " of " + std::to_string(reloads + 1) + ")";
  }
  return name;
}

std::optional<std::string> check_step(const ExpectedStep& expected, const StepEndMessage& seen) {
  if (seen.step.kind == StepKind::kProgram) return check_program(seen);
  const bool load = seen.step.kind == StepKind::kLoad;
  const std::string what = (load ? "loading " : "unloading ") + seen.step.name;
  switch (seen.outcome) {
    case StepOutcome::kDied:
      return what + " killed the process that did it, with " + describe_signal(seen.code);
    case StepOutcome::kStillListed:
      return what + " returned 0, but /proc/modules still lists the module";
    case StepOutcome::kNoFile:
      return what +
             ": its file cannot be opened in the initramfs: " + base::describe_errno(seen.code);
    case StepOutcome::kTimedOut:
      return what + " did not return within " + seconds(seen.duration_us);
    case StepOutcome::kReturned:
      break;
  }
  if (seen.code == expected.error) return std::nullopt;
  if (seen.code == 0) {
    return what + " succeeded, but has to fail with " + base::describe_errno(expected.error);
  }
  std::string text = what + " failed with " + base::describe_errno(seen.code);
  if (expected.error != 0)
    return text + ", but has to fail with " + base::describe_errno(expected.error);
  return text + std::string(hint(seen.step.kind, seen.code));
}

bool is_left_loaded(const StepEndMessage& seen) {
  return seen.step.kind == StepKind::kUnload &&
         (seen.outcome == StepOutcome::kStillListed ||
          (seen.outcome == StepOutcome::kReturned && seen.code != 0));
}

}  // namespace kmod::vm
