// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_JUDGE_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_JUDGE_H_

#include <string>

#include "kmod_rules/private/vm/verdict/expectation.h"
#include "kmod_rules/private/vm/verdict/observation.h"
#include "kmod_rules/private/vm/verdict/verdict.h"

namespace kmod::vm {

// Decides the verdict of a run: a pure function of the observation and the expectation.
// find_verdict() in judge.cc lists the possible findings in order.
//
// A pass needs the complete record: every expected step with its result, every expected line in
// order, a clean taint mask and an end record with the right counts, all with the run's nonce, and
// no complaint of the kernel. The console can turn a pass into a failure, but never a failure into
// a pass.
[[nodiscard]] Judgment judge(const Observation& seen, const Expectation& wanted);

// Notes in the reason that the results of the run could not be written, as `error` says. A pass
// becomes kInfrastructure; any other verdict stays.
void note_lost_results(Judgment& judgment, const std::string& error);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_JUDGE_H_
