// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_LOG_EVIDENCE_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_LOG_EVIDENCE_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/verdict/complaint.h"
#include "kmod_rules/private/vm/verdict/expectation.h"
#include "kmod_rules/private/vm/verdict/observation.h"

namespace kmod::vm {

// What the kernel's log and the console say about a run.
struct LogEvidence {
  std::vector<std::string> step_lines;  // of the kernel log, from the first step on
  std::optional<Complaint> boot;        // the first complaint from before the first step
  std::optional<Complaint> first;       // the first complaint from then on
  std::optional<Complaint> worst;       // the worst of those
  // Complaints that `allowed` names, with the headline that the log has; none of the above is one.
  std::vector<AllowedComplaint> used_allowances;
  bool allowed_warning = false;  // whether one of them taints the kernel with W
};

// Before the guest was ready there is only the console, and then `first` and `worst` are of it. A
// complaint that is worse than a warning is never allowed.
[[nodiscard]] LogEvidence collect_evidence(const Observation& seen,
                                           std::span<const AllowedComplaint> allowed);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_LOG_EVIDENCE_H_
