// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_STEP_CHECK_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_STEP_CHECK_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/verdict/expectation.h"
#include "kmod_rules/private/vm/verdict/observation.h"
#include "kmod_rules/private/vm/wire/guest_plan.h"
#include "kmod_rules/private/vm/wire/messages.h"

namespace kmod::vm {

// A step that a run has to contain, and the errno that it has to end with.
struct ExpectedStep {
  Step step;
  int error = 0;
  bool stock = false;     // of a module of the kernel itself
  bool may_fail = false;  // with any errno

  bool operator==(const ExpectedStep&) const = default;
};

// Sets the modules, programs, repetitions and `keep` of an expectation to those of the plan that
// the guest carries out. The kernel has to refuse the last module with the errno `load_error`,
// unless it is 0.
void expect_plan(const Plan& plan, int load_error, Expectation& expectation);

// What init does for `expectation`: in each cycle it loads all modules in order, runs the programs,
// then unloads in reverse those modules that were meant to load. In a cycle of `seen` in which an
// allocation failed, a module may refuse to load, and a program may fail. The repeated cycle is
// there if `seen` has begun it.
[[nodiscard]] std::vector<ExpectedStep> expected_steps(const Expectation& expectation,
                                                       const Observation& seen = {});

// A step that the plan calls for, and its end; null if the guest did not take it.
struct MatchedStep {
  ExpectedStep expected;
  const StepEndMessage* end = nullptr;
};

// The steps of the plan beside those of a run. It points into the run.
struct StepMatches {
  std::vector<MatchedStep> steps;
  // The first step that the guest took and the plan does not call for there.
  const Step* unexpected = nullptr;
};

[[nodiscard]] StepMatches match_steps(const Expectation& wanted, const Observation& seen);

// "load hello", "unload hello (cycle 2 of 3)", "program ioctl_test", "load hello (once
// more)", "load hello (without allocation 2)", in which the second allocation was to fail.
[[nodiscard]] std::string step_name(const Step& step, std::uint32_t reloads);

// What went wrong in the step `seen`, which is the expected one; nothing if it went well. `log` is
// what the kernel has printed.
[[nodiscard]] std::optional<std::string> check_step(const ExpectedStep& expected,
                                                    const StepEndMessage& seen,
                                                    std::span<const std::string> log = {});

// Whether a module that should be unloaded is still loaded.
[[nodiscard]] bool is_left_loaded(const StepEndMessage& seen);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_STEP_CHECK_H_
