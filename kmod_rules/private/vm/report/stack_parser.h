// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_STACK_PARSER_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_STACK_PARSER_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/vm/report/stack_frame.h"

namespace kmod::vm {

// Parses a whole line such as " ? hello_init+0x11/0x1000 [hello]", with or without the build-id
// that some kernels add to the module; nothing if the line is anything else.
[[nodiscard]] std::optional<StackFrame> parse_stack_frame(std::string_view line);

// Finds the stacks in lines of the kernel's log, as x86 prints them. The registers' RIP is the
// first frame of the stack that follows it; a RIP of user space ends a stack. Lines between are
// skipped, and a stack without frames is left out.
[[nodiscard]] std::vector<StackTrace> parse_stacks(std::span<const std::string> lines);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_STACK_PARSER_H_
