// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_VM_VERDICT_H_
#define KMOD_RULES_VM_VERDICT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/vm/complaint.h"

namespace kmod::vm {

// The value is the runner's exit status.
enum class Verdict {
  pass = 0,
  fail = 1,            // a step or a check went wrong, the kernel did not mind
  warn = 2,            // the kernel warned
  oops = 3,            // the kernel killed whoever ran the module's code
  panic = 4,           // the kernel died
  hang = 5,            // the guest stopped making progress
  no_boot = 6,         // the guest never got to init
  infrastructure = 7,  // the run says nothing about the modules
};

// As it is written in reports: "pass", "no_boot".
[[nodiscard]] std::string_view verdict_name(Verdict verdict);

// One thing that was checked. A check that the run did not get to is in the list and not passed.
struct Check {
  std::string name;
  bool passed = false;
  std::string detail;       // why not
  double duration_s = 0.0;  // 0 if it has none
};

// What the run means.
struct Judgement {
  Verdict verdict = Verdict::infrastructure;
  std::string reason;                  // one sentence or more, never empty
  std::optional<Complaint> complaint;  // the first of the kernel
  std::vector<Check> checks;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_VM_VERDICT_H_
