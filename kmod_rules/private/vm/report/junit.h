// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_JUNIT_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_JUNIT_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/vm/verdict/verdict.h"

namespace kmod::vm {

// The checks as a JUnit XML file, a case each; the type of a failure is its verdict. `suite` names
// the test, `log` is what the run printed and `duration_s` what it took.
[[nodiscard]] std::string format_junit(const Judgment& judgment, std::string_view suite,
                                       std::string_view log, double duration_s);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_JUNIT_H_
