// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_VM_REPORT_H_
#define KMOD_RULES_VM_REPORT_H_

#include <string>

#include "kmod_rules/vm/observation.h"
#include "kmod_rules/vm/timeline.h"
#include "kmod_rules/vm/verdict.h"

namespace kmod::vm {

// What a person reads at the end of a test's log: every check, what the kernel complained about,
// for all but a pass the kernel's log since the first step, the verdict with its reason, and where
// the time went.
[[nodiscard]] std::string format_report(const Judgement& judgement, const Observation& seen,
                                        const Timeline& timeline);

}  // namespace kmod::vm

#endif  // KMOD_RULES_VM_REPORT_H_
