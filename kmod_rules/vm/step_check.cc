// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/vm/step_check.h"

#include <cerrno>
#include <ranges>

#include "kmod_rules/vm/errno_name.h"

namespace kmod::vm {
namespace {

std::string_view hint(StepKind kind, int error) {
  if (kind == StepKind::unload) {
    if (error == EWOULDBLOCK) return "; something still holds a reference to it";
    if (error == EBUSY) return "; it has no exit function, or its init did not return";
    if (error == ENOENT) return "; the kernel does not know it under that name";
    return "";
  }
  if (error == ENOENT) return "; a symbol is missing, the kernel log names it";
  if (error == ENOEXEC) return "; it was not built for this kernel, the kernel log says why";
  if (error == EEXIST) return "; a module of that name is already there";
  return "";
}

}  // namespace

std::vector<ExpectedStep> expected_steps(const Expectation& expectation) {
  std::vector<ExpectedStep> steps;
  for (std::uint32_t cycle = 0; cycle <= expectation.reloads; ++cycle) {
    for (const ExpectedModule& module : expectation.modules) {
      steps.push_back({{StepKind::load, cycle, module.name}, module.load_error});
    }
    for (const ExpectedModule& module : std::views::reverse(expectation.modules)) {
      if (module.load_error == 0) {
        steps.push_back({{StepKind::unload, cycle, module.name}, 0});
      }
    }
  }
  return steps;
}

std::string step_name(const Step& step, std::uint32_t reloads) {
  std::string name = (step.kind == StepKind::load ? "load " : "unload ") + step.module;
  if (reloads != 0) {
    name +=
        " (cycle " + std::to_string(step.cycle + 1) + " of " + std::to_string(reloads + 1) + ")";
  }
  return name;
}

std::optional<std::string> check_step(const ExpectedStep& expected, const StepEndMessage& seen) {
  if (seen.step != expected.step) {
    return "the guest did \"" + step_name(seen.step, seen.step.cycle) + "\" where \"" +
           step_name(expected.step, expected.step.cycle) +
           "\" was due; the plan in the initramfs is not the one that this test was given";
  }
  const bool load = seen.step.kind == StepKind::load;
  const std::string what = (load ? "loading " : "unloading ") + seen.step.module;
  switch (seen.outcome) {
    case StepOutcome::died:
      return what + " killed the process that did it, with signal " + std::to_string(seen.code);
    case StepOutcome::still_listed:
      return what + " returned 0, but /proc/modules still lists the module";
    case StepOutcome::no_file:
      return what + ": its file cannot be opened in the initramfs: " + describe_errno(seen.code);
    case StepOutcome::returned:
      break;
  }
  if (seen.code == expected.error) return std::nullopt;
  if (seen.code == 0) {
    return what + " succeeded, but has to fail with " + describe_errno(expected.error);
  }
  std::string text = what + " failed with " + describe_errno(seen.code);
  if (expected.error != 0) return text + ", but has to fail with " + describe_errno(expected.error);
  return text + std::string(hint(seen.step.kind, seen.code));
}

}  // namespace kmod::vm
