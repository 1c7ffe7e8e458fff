// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_RUN_CHECKS_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_RUN_CHECKS_H_

#include <vector>

#include "kmod_rules/private/vm/verdict/expectation.h"
#include "kmod_rules/private/vm/verdict/log_evidence.h"
#include "kmod_rules/private/vm/verdict/observation.h"
#include "kmod_rules/private/vm/verdict/step_check.h"
#include "kmod_rules/private/vm/verdict/verdict.h"

namespace kmod::vm {

// One check each for the boot, each step, each expected and each forbidden line, the kernel's
// complaints, its taint mask, and the leaks of the modules.
[[nodiscard]] std::vector<Check> run_checks(const Observation& seen, const Expectation& wanted,
                                            const StepMatches& matches,
                                            const LogEvidence& evidence);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_RUN_CHECKS_H_
