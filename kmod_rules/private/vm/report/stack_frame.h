// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_STACK_FRAME_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_STACK_FRAME_H_

#include <cstdint>
#include <string>
#include <vector>

namespace kmod::vm {

// A place in code as the kernel prints it: "hello_init+0x11/0x1000 [hello]", "vfs_read+0xa5/0x370".
struct StackFrame {
  std::string symbol = {};   // neither demangled nor complete; empty if the kernel knew none
  std::uint64_t offset = 0;  // bytes from the symbol, or the address where there is no symbol
  std::uint64_t size = 0;    // bytes from the symbol to the next one
  std::string module = {};   // empty for the kernel itself
  bool reliable = true;      // false: "?", which may be a leftover of an earlier call
  bool exact = false;        // an instruction that was to run, not the one that a call returns to
  std::string context = {};  // "TASK", "IRQ", "NMI", …: what the kernel says the stack is for

  bool operator==(const StackFrame&) const = default;
};

// One stack, innermost frame first.
struct StackTrace {
  std::string title;  // such as "Allocated in f+0x1d/0x40 [m] age=5 cpu=0 pid=77"; mostly empty
  std::vector<StackFrame> frames;

  bool operator==(const StackTrace&) const = default;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_STACK_FRAME_H_
