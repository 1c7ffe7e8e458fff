// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_VM_REPORT_LEAK_REPORT_H_
#define KMOD_RULES_VM_REPORT_LEAK_REPORT_H_

#include <string>
#include <vector>

#include "kmod_rules/vm/channel/messages.h"
#include "kmod_rules/vm/report/symboliser.h"

namespace kmod::vm {

// What modules left behind, each with the functions and lines where it was made, as far as they are
// known. Empty if there is nothing.
[[nodiscard]] std::string format_leak_report(const std::vector<LeakMessage>& leaks,
                                             const Symboliser& symboliser);

}  // namespace kmod::vm

#endif  // KMOD_RULES_VM_REPORT_LEAK_REPORT_H_
