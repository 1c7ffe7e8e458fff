// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_LEAK_REPORT_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_LEAK_REPORT_H_

#include <string>
#include <vector>

#include "kmod_rules/private/vm/report/symbolizer.h"
#include "kmod_rules/private/vm/wire/messages.h"

namespace kmod::vm {

// What modules left behind, each with the functions and lines where it was made, as far as they are
// known. Empty if there is nothing.
[[nodiscard]] std::string format_leak_report(const std::vector<LeakMessage>& leaks,
                                             const Symbolizer& symbolizer);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_LEAK_REPORT_H_
