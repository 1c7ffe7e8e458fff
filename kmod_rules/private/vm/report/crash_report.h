// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_CRASH_REPORT_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_CRASH_REPORT_H_

#include <string>

#include "kmod_rules/private/vm/report/symbolizer.h"
#include "kmod_rules/private/vm/verdict/complaint.h"

namespace kmod::vm {

// The report on a complaint for a person: the kernel's headline, the stacks with the functions and
// lines of the modules, and the source there. Frames that the kernel marks as unreliable are shown
// only if they are in a module.
[[nodiscard]] std::string format_crash_report(const Complaint& complaint,
                                              const Symbolized& symbolized);

// A stack as lines of text: functions in one column, files and lines in another. A frame whose
// function and line are not known is shown as the kernel prints it.
[[nodiscard]] std::string format_stack(const SymbolizedStack& stack);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_CRASH_REPORT_H_
