// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What counts as a complaint of the kernel: kFormats in complaint.cc lists the lines.
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_COMPLAINT_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_COMPLAINT_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kmod::vm {

// How bad a complaint of the kernel is, in rising order.
enum class ComplaintKind {
  kRefusal,  // the kernel refuses or ignores something: an unknown symbol, an unknown parameter
  kWarn,     // a warning or a failed check; the kernel continues
  kLeak,     // a module has left memory allocated
  kHang,     // a lockup, a stall or a hung task
  kOops,     // the kernel killed the process that was running in it
  kPanic,    // the kernel stopped
};

// A complaint that the kernel wrote into its log.
struct Complaint {
  ComplaintKind kind = ComplaintKind::kRefusal;
  std::size_t record = 0;  // the index of the headline
  std::string headline;    // the line that shows that this is a complaint
  std::vector<std::string> lines =
      {};  // the headline and the lines around it that belong to it, such as the stack

  bool operator==(const Complaint&) const = default;
};

// The kind of complaint that begins on this line, if one does. The line has no time stamp.
//
// A line has to start with one of the kernel's own formats: a module that prints "no BUG here" or
// "WARNINGS: 3" does not complain. A complaint that no format matches still shows in the taint
// mask.
[[nodiscard]] std::optional<ComplaintKind> classify_line(std::string_view line);

// The complaints in a log, in order. Lines that belong to one complaint are not counted again as
// another one of the same or a lesser kind: an oops contains "BUG:" and "Oops:", and a warning
// often follows it.
[[nodiscard]] std::vector<Complaint> find_complaints(std::span<const std::string> lines);

// Whether the kernel prints this line when a process restarts, halts or powers off the system.
[[nodiscard]] bool is_switch_off(std::string_view line);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_COMPLAINT_H_
