// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_STACK_TRACE_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_STACK_TRACE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kmod::vm {

// A place in code as the kernel prints it: "hello_init+0x11/0x1000 [hello]", "vfs_read+0xa5/0x370".
struct StackFrame {
  std::string symbol = {};   // mangled, perhaps cut short; empty if the kernel knew none
  std::uint64_t offset = 0;  // bytes from the symbol, or the address where there is no symbol
  std::uint64_t size = 0;    // bytes from the symbol to the next one
  std::string module = {};   // empty for the kernel itself
  bool reliable = true;      // false: "?", which may be a leftover of an earlier call
  bool exact = false;        // the address of the instruction itself, not a return address
  std::string context = {};  // the kind of stack: "TASK", "IRQ", "NMI", …

  bool operator==(const StackFrame&) const = default;
};

// One stack, innermost frame first.
struct StackTrace {
  std::string title;  // such as "Allocated in f+0x1d/0x40 [m] age=5 cpu=0 pid=77"; usually empty
  std::vector<StackFrame> frames;

  bool operator==(const StackTrace&) const = default;
};

// Parses a whole line such as " ? hello_init+0x11/0x1000 [hello]", with or without the build-id
// that some kernels print after the module; nothing if the line has another form.
[[nodiscard]] std::optional<StackFrame> parse_stack_frame(std::string_view line);

// Finds the stacks in lines of the kernel's log, as x86 prints them. The registers' RIP is the
// first frame of the stack that follows it; a RIP of user space ends a stack. Lines between frames
// are skipped, and stacks without frames are omitted.
[[nodiscard]] std::vector<StackTrace> parse_stacks(std::span<const std::string> lines);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_STACK_TRACE_H_
