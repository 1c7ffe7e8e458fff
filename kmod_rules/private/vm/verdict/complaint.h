// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_COMPLAINT_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_COMPLAINT_H_

#include <string>
#include <vector>

namespace kmod::vm {

// How bad a complaint of the kernel is, in rising order.
enum class ComplaintKind {
  kRefusal,  // the kernel refuses or ignores something: an unknown symbol, an unknown parameter
  kWarn,     // a warning or a failed check; the kernel goes on
  kLeak,     // a module has left memory allocated
  kHang,     // a lockup, a stall or a hung task
  kOops,     // the process that was in the kernel is dead
  kPanic,    // the kernel is dead
};

// A complaint that the kernel wrote into its log.
struct Complaint {
  ComplaintKind kind = ComplaintKind::kRefusal;
  std::size_t record = 0;  // the index of the line that gave it away
  std::string headline;    // that line
  std::vector<std::string> lines =
      {};  // with what belongs to it before and after, such as the stack

  bool operator==(const Complaint&) const = default;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_COMPLAINT_H_
