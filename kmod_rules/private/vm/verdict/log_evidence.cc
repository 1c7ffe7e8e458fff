// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/log_evidence.h"

#include <algorithm>
#include <utility>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/verdict/complaint.h"

namespace kmod::vm {
namespace {

const Complaint* worst_of(const std::vector<Complaint>& complaints) {
  const auto worst = std::ranges::max_element(complaints, {}, &Complaint::kind);
  return worst == complaints.end() ? nullptr : &*worst;
}

// Moves the allowed complaints to `evidence.used_allowances`.
void remove_allowed(std::vector<Complaint>& complaints, std::span<const AllowedComplaint> allowed,
                    LogEvidence& evidence) {
  std::erase_if(complaints, [&](const Complaint& complaint) {
    if (complaint.kind > ComplaintKind::kWarn) return false;
    const auto match = std::ranges::find_if(allowed, [&](const AllowedComplaint& candidate) {
      return candidate.headline.matches(complaint.headline);
    });
    if (match == allowed.end()) return false;
    evidence.used_allowances.push_back({Pattern(complaint.headline), match->reason});
    if (complaint.kind == ComplaintKind::kWarn) evidence.allowed_warning = true;
    return true;
  });
}

}  // namespace

LogEvidence collect_evidence(const Observation& seen, std::span<const AllowedComplaint> allowed) {
  LogEvidence evidence;
  std::vector<std::string> boot_lines;
  for (const ObservedRecord& observed : seen.log) {
    auto& lines = observed.during_steps ? evidence.step_lines : boot_lines;
    for (std::string_view line : base::split(observed.record.text, '\n')) lines.emplace_back(line);
  }
  std::vector<Complaint> at_boot = find_complaints(boot_lines);
  if (!at_boot.empty()) evidence.boot = at_boot.front();

  std::vector<std::string> console;
  console.reserve(seen.console.size());
  for (const std::string& line : seen.console) console.emplace_back(strip_console_prefix(line));
  std::vector<Complaint> on_console = find_complaints(console);
  std::erase_if(on_console, [&](const Complaint& complaint) {
    return std::ranges::find(at_boot, complaint.headline, &Complaint::headline) != at_boot.end();
  });

  // The log and the console have the same lines, but the last lines of a kernel that stops reach
  // only the console: the one with the worse complaint is more complete.
  std::vector<Complaint> in_log = find_complaints(evidence.step_lines);
  remove_allowed(in_log, allowed, evidence);
  // The console repeats those of the log, which are noted already.
  LogEvidence repeated;
  remove_allowed(on_console, allowed, repeated);
  const Complaint* log_worst = worst_of(in_log);
  const Complaint* console_worst = worst_of(on_console);
  const bool use_console =
      console_worst != nullptr && (log_worst == nullptr || console_worst->kind > log_worst->kind);
  const std::vector<Complaint>& complaints = use_console ? on_console : in_log;
  if (!complaints.empty()) {
    evidence.first = complaints.front();
    evidence.worst = *worst_of(complaints);
  }
  return evidence;
}

}  // namespace kmod::vm
