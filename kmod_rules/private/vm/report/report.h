// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_REPORT_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_REPORT_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/vm/verdict/observation.h"
#include "kmod_rules/private/vm/verdict/timeline.h"
#include "kmod_rules/private/vm/verdict/verdict.h"

namespace kmod::vm {

// What a person reads at the end of a test's log: every check, for all but a pass the kernel's log
// since the first step, the report about the kernel's first complaint (empty if there is none),
// where the time went, and the verdict with its reason. The complaint's own lines are added where
// the shown part of the log does not have them.
[[nodiscard]] std::string format_report(const Judgment& judgment, const Observation& seen,
                                        const Timeline& timeline, std::string_view crash_report);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_REPORT_H_
