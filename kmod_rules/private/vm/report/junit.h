// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_JUNIT_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_JUNIT_H_

#include <string>
#include <string_view>

#include "kmod_rules/private/vm/verdict/verdict.h"

namespace kmod::vm {

// The checks as a JUnit XML file in UTF-8, one test case per check; the type of a failure is its
// verdict. `suite` names the test, `log` is what the run printed, and `duration_s` is how long it
// took, in seconds.
//
// A console may carry any byte, but XML may not. Valid UTF-8 is kept. Each byte of an invalid
// sequence, and each byte of a character that XML 1.0 forbids (control characters other than tab
// and line ends, U+FFFE and U+FFFF), becomes `\x` and two hexadecimal digits, such as `\x1b`.
[[nodiscard]] std::string format_junit(const Judgment& judgment, std::string_view suite,
                                       std::string_view log, double duration_s);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_JUNIT_H_
