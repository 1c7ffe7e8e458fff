// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_RUN_CHECKS_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_RUN_CHECKS_H_

#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/verdict/expectation.h"
#include "kmod_rules/private/vm/verdict/log_evidence.h"
#include "kmod_rules/private/vm/verdict/observation.h"
#include "kmod_rules/private/vm/verdict/verdict.h"

namespace kmod::vm {

// One check each for the boot, each step, each expected and each forbidden line, the kernel's
// complaints, its taint mask, and the leaks of the modules.
[[nodiscard]] std::vector<Check> run_checks(const Observation& seen, const Expectation& wanted,
                                            const LogEvidence& evidence);

// Why the steps that the guest took are not those of the test in their order, which a plan of
// another test would show by; nothing if they are, as far as the run got.
[[nodiscard]] std::optional<std::string> find_odd_step(const Observation& seen,
                                                       const Expectation& wanted);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_RUN_CHECKS_H_
