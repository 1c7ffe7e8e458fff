// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_REPORT_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_REPORT_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/vm/verdict/observation.h"
#include "kmod_rules/private/vm/verdict/verdict.h"

namespace kmod::vm {

// The end of a test's log: every check, the kernel's log since the first step unless the test
// passed, `crash_report`, which is the report on the kernel's first complaint or empty, the
// timeline, and the verdict with its reason. The lines of the complaint are added if the shown part
// of the log lacks them.
[[nodiscard]] std::string format_report(const Judgment& judgment, const Observation& seen,
                                        const Timeline& timeline, std::string_view crash_report);

// How long each stage took, on one line: "1423 ms: runner 2, QEMU 35, ...". The time of a run that
// stopped early counts for the stage that it did not complete.
[[nodiscard]] std::string format_timeline(const Timeline& timeline);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_REPORT_H_
