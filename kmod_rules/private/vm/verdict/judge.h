// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_JUDGE_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_JUDGE_H_

#include <string>

#include "kmod_rules/private/vm/verdict/expectation.h"
#include "kmod_rules/private/vm/verdict/observation.h"
#include "kmod_rules/private/vm/verdict/verdict.h"

namespace kmod::vm {

// Says what a run means. A pure function of what was seen and what was wanted.
//
// A pass needs the whole record: every expected step with its result, every expected line in order,
// a clean taint mask and an end record whose counts are right, all with the run's nonce, and
// nothing from the kernel to complain about. What stands on the console can turn a pass into
// something worse, never the other way round.
[[nodiscard]] Judgment judge(const Observation& seen, const Expectation& wanted);

// The results of the run cannot be written, as `error` says: a pass that leaves no trace is none,
// any other verdict stays what it is. In both cases the reason says so.
void note_lost_results(Judgment& judgment, const std::string& error);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_JUDGE_H_
