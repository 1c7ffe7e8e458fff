// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_VM_REPORT_CRASH_REPORT_H_
#define KMOD_RULES_VM_REPORT_CRASH_REPORT_H_

#include <string>
#include <vector>

#include "kmod_rules/vm/report/addr2line.h"
#include "kmod_rules/vm/report/source_tree.h"
#include "kmod_rules/vm/report/stack_frame.h"
#include "kmod_rules/vm/verdict/complaint.h"

namespace kmod::vm {

// A frame of the kernel's, and what it was in the sources if it is of a module that is known.
struct SymbolisedFrame {
  StackFrame frame;
  InlineChain chain;  // innermost first; empty if nothing is known beyond the frame

  bool operator==(const SymbolisedFrame&) const = default;
};

struct SymbolisedStack {
  std::string title;  // as in StackTrace
  std::vector<SymbolisedFrame> frames;

  bool operator==(const SymbolisedStack&) const = default;
};

// What is known about a complaint beyond the kernel's own words.
struct Symbolised {
  std::vector<SymbolisedStack> stacks;
  std::vector<SourceExcerpt> excerpts;  // the place that a person looks at first comes first
  std::vector<std::string> problems;    // why there is less than there could be

  bool operator==(const Symbolised&) const = default;
};

// What a person reads about a complaint: what the kernel said, the stacks with the functions and
// lines of the modules, and the source there. Frames that the kernel itself doubts are shown only
// if they are of a module.
[[nodiscard]] std::string format_crash_report(const Complaint& complaint,
                                              const Symbolised& symbolised);

}  // namespace kmod::vm

#endif  // KMOD_RULES_VM_REPORT_CRASH_REPORT_H_
