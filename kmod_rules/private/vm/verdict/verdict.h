// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_VERDICT_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_VERDICT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/vm/verdict/complaint.h"
#include "kmod_rules/private/vm/verdict/expectation.h"

namespace kmod::vm {

// The value is the runner's exit status.
enum class Verdict {
  kPass = 0,
  kFail = 1,            // a program or another check failed, the kernel did not mind
  kWarn = 2,            // the kernel warned, or is tainted
  kOops = 3,            // the kernel killed whoever ran the module's code
  kPanic = 4,           // the kernel died
  kHang = 5,            // the guest stopped making progress
  kNoBoot = 6,          // the guest never got to init
  kInfrastructure = 7,  // the run says nothing about the modules
  kLeak = 8,            // a module could not be unloaded, or left something behind
  kMissingLine = 9,     // all went well, but the kernel log lacks a line
};

// As it is written in reports: "pass", "no_boot".
[[nodiscard]] std::string_view verdict_name(Verdict verdict);

// What a complaint of the kernel makes of a run.
[[nodiscard]] Verdict verdict_of(ComplaintKind kind);

enum class CheckState { kPassed, kFailed, kSkipped };

// One thing that was checked. A check that the run did not get to has failed; one that the run was
// told to leave out is skipped, and never passed.
struct Check {
  std::string name;
  CheckState state = CheckState::kFailed;
  std::string detail = {};           // why not passed
  double duration_s = 0.0;           // 0 if it has none
  Verdict verdict = Verdict::kFail;  // of the run, if it failed and nothing worse happened
  std::string output = {};           // what the program wrote, if it is one
};

// What the run means.
struct Judgment {
  Verdict verdict = Verdict::kInfrastructure;
  std::string reason;                  // one sentence or more, never empty
  std::optional<Complaint> complaint;  // the first of the kernel
  std::vector<Check> checks;
  std::vector<AllowedComplaint> used_allowances;  // the headlines are those of the log
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_VERDICT_H_
