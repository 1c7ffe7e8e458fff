// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_STEP_CHECK_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_STEP_CHECK_H_

#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/verdict/expectation.h"
#include "kmod_rules/private/vm/wire/messages.h"

namespace kmod::vm {

// A step that a run has to contain, and the errno that it has to end with.
struct ExpectedStep {
  Step step;
  int error = 0;

  bool operator==(const ExpectedStep&) const = default;
};

// What init does for `expectation`: in each cycle it loads all modules in order, runs the programs,
// then unloads in reverse those modules that were meant to load.
[[nodiscard]] std::vector<ExpectedStep> expected_steps(const Expectation& expectation);

// "load hello", "unload hello (cycle 2 of 3)", "program ioctl_test".
[[nodiscard]] std::string step_name(const Step& step, std::uint32_t reloads);

// What went wrong in the step `seen`, which is the expected one; nothing if it went well.
[[nodiscard]] std::optional<std::string> check_step(const ExpectedStep& expected,
                                                    const StepEndMessage& seen);

// Whether a module that should be unloaded is still loaded.
[[nodiscard]] bool is_left_loaded(const StepEndMessage& seen);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_STEP_CHECK_H_
