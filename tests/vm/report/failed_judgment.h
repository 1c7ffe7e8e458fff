// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_VM_REPORT_FAILED_JUDGMENT_H_
#define TESTS_VM_REPORT_FAILED_JUDGMENT_H_

#include "kmod_rules/private/vm/verdict/verdict.h"

namespace kmod::vm {

// A judgment with a check in each state.
inline Judgment failed_judgment() {
  return {
      .verdict = Verdict::kFail,
      .reason = "a < b & \"c\"",
      .complaint = Complaint{ComplaintKind::kWarn, 0, "WARNING: x", {"cut", "WARNING: x"}},
      .checks = {{.name = "boot", .state = CheckState::kPassed},
                 {.name = "program p",
                  .state = CheckState::kPassed,
                  .duration_s = 0.0125,
                  .output = "1 < 2\n"},
                 {.name = "program q", .state = CheckState::kSkipped, .detail = "not asked for"},
                 {.name = "verdict", .detail = "a < b & \"c\"", .verdict = Verdict::kLeak}},
      .used_allowances = {{Pattern("WARNING: y"), "known"}}};
}

}  // namespace kmod::vm

#endif  // TESTS_VM_REPORT_FAILED_JUDGMENT_H_
