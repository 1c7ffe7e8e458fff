// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_STACK_TEXT_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_STACK_TEXT_H_

#include <string>

#include "kmod_rules/private/vm/report/crash_report.h"

namespace kmod::vm {

// A stack as lines of text: functions in one column, files and lines in another. What the kernel
// says of a frame stays where nothing better is known.
[[nodiscard]] std::string format_stack(const SymbolizedStack& stack);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_STACK_TEXT_H_
