// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_LOG_SCANNER_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_LOG_SCANNER_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/vm/verdict/complaint.h"

namespace kmod::vm {

// What kind of complaint of the kernel begins on this line, if one does. The line has no time
// stamp.
//
// The kernel's own formats are matched, from the start of the line: a module that prints "no BUG
// here" or "WARNINGS: 3" is not complaining. What a format misses still shows in the taint mask.
[[nodiscard]] std::optional<ComplaintKind> classify_line(std::string_view line);

// Whether the line is what the kernel prints when somebody has it restart, halt or switch off.
[[nodiscard]] bool is_switch_off(std::string_view line);

// The complaints in a log, in order. Lines that belong to one complaint are not counted again as
// another of the same kind or a lesser one: an oops has "BUG:", "Oops:" and often a warning in its
// wake.
[[nodiscard]] std::vector<Complaint> find_complaints(std::span<const std::string> lines);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_LOG_SCANNER_H_
