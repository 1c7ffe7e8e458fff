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
  kFail = 1,            // a program or another check failed without a complaint of the kernel
  kWarn = 2,            // the kernel warned, or is tainted
  kOops = 3,            // the kernel killed the process that ran the module's code
  kPanic = 4,           // the kernel stopped
  kHang = 5,            // the guest stopped making progress
  kNoBoot = 6,          // the guest never got to init
  kInfrastructure = 7,  // the run says nothing about the modules
  kLeak = 8,            // a module could not be unloaded, or left something behind
  kMissingLine = 9,     // everything else passed, but the kernel log lacks a line
  // What only a debugging kernel sees, see ComplaintKind.
  kKasan = 10,
  kLockdep = 11,
  kAtomicSleep = 12,
  kObjectState = 13,
  kUbsan = 14,
  kKmemleak = 15,  // memory is allocated that nothing points to
  kKcsan = 16,
};

// The name in reports: "pass", "no_boot".
[[nodiscard]] std::string_view verdict_name(Verdict verdict);

// The verdict of a run with such a complaint.
[[nodiscard]] Verdict verdict_of(ComplaintKind kind);

enum class CheckState { kPassed, kFailed, kSkipped };

// One check and its result. A check that the run did not reach has failed; one that the run was
// told to skip is skipped, never passed.
struct Check {
  std::string name;
  CheckState state = CheckState::kFailed;
  std::string detail = {};           // why not passed
  double duration_s = 0.0;           // 0 if it has none
  Verdict verdict = Verdict::kFail;  // of the run, if this check failed and nothing worse happened
  std::string output = {};           // of the program, if this is the check of one
};

// The result of a run.
struct Judgment {
  Verdict verdict = Verdict::kInfrastructure;
  std::string reason;                  // one sentence or more, never empty
  std::optional<Complaint> complaint;  // the first of the kernel
  std::vector<Check> checks;
  std::vector<AllowedComplaint> used_allowances;  // the headlines are those of the log
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_VERDICT_H_
