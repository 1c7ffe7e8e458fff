// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_LOG_EVIDENCE_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_LOG_EVIDENCE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/verdict/complaint.h"
#include "kmod_rules/private/vm/verdict/expectation.h"
#include "kmod_rules/private/vm/verdict/observation.h"

namespace kmod::vm {

// The complaints in the kernel's log and on the console of a run.
struct LogEvidence {
  std::vector<std::string> step_lines;     // of the kernel itself, from the first step on
  std::vector<std::string> process_lines;  // that processes wrote to the kernel log since then
  std::optional<Complaint> boot;           // the first complaint from before the first step
  std::optional<Complaint> first;          // the first complaint from then on
  std::optional<Complaint> worst;          // the worst of those
  // Complaints that `allowed` matches, with the headlines of the log. They are not in the above.
  std::vector<AllowedComplaint> used_allowances;
  std::uint64_t allowed_taint = 0;  // the bits that the kernel sets with those
};

// Only lines of the kernel count. Those of a kernel that stops reach only the console: what is
// there and newer than the last record of the log continues it. If the guest was never ready, there
// is only the console. A complaint worse than a warning is never allowed.
[[nodiscard]] LogEvidence collect_evidence(const Observation& seen,
                                           std::span<const AllowedComplaint> allowed);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_LOG_EVIDENCE_H_
