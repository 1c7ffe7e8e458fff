// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The complaints of the kernel in its log.
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_COMPLAINT_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_COMPLAINT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/vm/verdict/line_form.h"

namespace kmod::vm {

// A complaint that the kernel wrote into its log.
struct Complaint {
  ComplaintKind kind = ComplaintKind::kRefusal;
  std::size_t record = 0;  // the index of the headline
  std::string headline;    // the line that shows that this is a complaint
  std::vector<std::string> lines =
      {};  // the headline and the lines around it that belong to it, such as the stack
  std::uint64_t taint = 0;  // the bits that the kernel sets with it, as in taint.h
  // A call trace that belongs to no known complaint. The headline is the line before it.
  bool unexplained = false;

  bool operator==(const Complaint&) const = default;
};

// One sentence that says what the complaint is: the headline, unless that alone would be unclear.
[[nodiscard]] std::string describe(const Complaint& complaint);

// The kind of complaint that begins on this line, if one does; see find_line_form().
[[nodiscard]] std::optional<ComplaintKind> classify_line(std::string_view line);

// The complaints in a log, in order. Each stands for itself: it ends where the kernel ends it,
// after its call trace, or at the next headline. Lines that say more about the same fault do not
// count again: an oops has a "BUG:" and an "Oops:", and a warning may have a text before it.
[[nodiscard]] std::vector<Complaint> find_complaints(std::span<const std::string> lines);

// Whether the kernel prints this line when a process restarts, halts or powers off the system.
[[nodiscard]] bool is_switch_off(std::string_view line);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_COMPLAINT_H_
