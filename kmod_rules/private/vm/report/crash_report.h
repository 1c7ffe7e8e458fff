// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_CRASH_REPORT_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_CRASH_REPORT_H_

#include <string>
#include <vector>

#include "kmod_rules/private/vm/report/addr2line.h"
#include "kmod_rules/private/vm/report/source_tree.h"
#include "kmod_rules/private/vm/report/stack_frame.h"
#include "kmod_rules/private/vm/verdict/complaint.h"

namespace kmod::vm {

// A frame of the kernel's, and what it was in the sources if it is of a module that is known.
struct SymbolizedFrame {
  StackFrame frame;
  InlineChain chain;  // innermost first; empty if nothing is known beyond the frame

  bool operator==(const SymbolizedFrame&) const = default;
};

struct SymbolizedStack {
  std::string title;  // as in StackTrace
  std::vector<SymbolizedFrame> frames;

  bool operator==(const SymbolizedStack&) const = default;
};

// What is known about a complaint beyond the kernel's own words.
struct Symbolized {
  std::vector<SymbolizedStack> stacks;
  std::vector<SourceExcerpt> excerpts;  // the place that a person looks at first comes first
  std::vector<std::string> problems;    // why there is less than there could be

  bool operator==(const Symbolized&) const = default;
};

// What a person reads about a complaint: what the kernel said, the stacks with the functions and
// lines of the modules, and the source there. Frames that the kernel itself doubts are shown only
// if they are of a module.
[[nodiscard]] std::string format_crash_report(const Complaint& complaint,
                                              const Symbolized& symbolized);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_CRASH_REPORT_H_
