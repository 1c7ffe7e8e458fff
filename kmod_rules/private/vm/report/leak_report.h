// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_LEAK_REPORT_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_LEAK_REPORT_H_

#include <string>
#include <vector>

#include "kmod_rules/private/vm/report/symbolizer.h"
#include "kmod_rules/private/vm/wire/messages.h"

namespace kmod::vm {

// The leaks of the modules, each with the functions and lines that allocated it, if known. Empty if
// there are no leaks.
[[nodiscard]] std::string format_leak_report(const std::vector<LeakMessage>& leaks,
                                             const Symbolizer& symbolizer);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_LEAK_REPORT_H_
