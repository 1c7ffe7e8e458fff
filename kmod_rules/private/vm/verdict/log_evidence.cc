// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/log_evidence.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/verdict/complaint.h"

namespace kmod::vm {
namespace {

// Moves the allowed complaints to `evidence.used_allowances`.
void remove_allowed(std::vector<Complaint>& complaints, std::span<const AllowedComplaint> allowed,
                    LogEvidence& evidence) {
  std::erase_if(complaints, [&](const Complaint& complaint) {
    if (complaint.kind == ComplaintKind::kLeak || complaint.kind >= ComplaintKind::kHang) {
      return false;
    }
    const auto match = std::ranges::find_if(allowed, [&](const AllowedComplaint& candidate) {
      return candidate.headline.matches(complaint.headline);
    });
    if (match == allowed.end()) return false;
    evidence.used_allowances.push_back({Pattern(complaint.headline), match->reason});
    evidence.allowed_taint |= complaint.taint;
    return true;
  });
}

// What the kernel printed on the console and init has not sent.
std::vector<std::string> find_console_tail(const Observation& seen) {
  // CPUs take their time stamps before their place in the log.
  constexpr std::uint64_t kDisorderUs = 100'000;
  std::set<std::uint64_t> sent;
  for (const ObservedRecord& observed : seen.log) sent.insert(observed.record.time_us);
  std::vector<std::string> tail;
  for (const KernelConsoleLine& line : seen.kernel_console) {
    const bool old = !sent.empty() && line.time_us + kDisorderUs < *sent.rbegin();
    if (!old && !sent.contains(line.time_us)) tail.push_back(line.text);
  }
  return tail;
}

}  // namespace

LogEvidence collect_evidence(const Observation& seen, std::span<const AllowedComplaint> allowed) {
  LogEvidence evidence;
  std::vector<std::string> boot_lines;
  for (const auto& [record, during_steps] : seen.log) {
    auto& kernel_lines = during_steps ? evidence.step_lines : boot_lines;
    auto& lines = record.facility == kKernelFacility ? kernel_lines : evidence.process_lines;
    for (std::string_view line : base::split(record.text, '\n')) lines.emplace_back(line);
  }
  std::vector<Complaint> at_boot = find_complaints(boot_lines);
  if (!at_boot.empty()) evidence.boot = at_boot.front();

  std::vector<std::string> lines = evidence.step_lines;
  std::ranges::move(find_console_tail(seen), std::back_inserter(lines));
  std::vector<Complaint> complaints = find_complaints(lines);
  remove_allowed(complaints, allowed, evidence);
  if (complaints.empty()) return evidence;
  evidence.first = complaints.front();
  evidence.worst = *std::ranges::max_element(complaints, {}, &Complaint::kind);
  return evidence;
}

}  // namespace kmod::vm
