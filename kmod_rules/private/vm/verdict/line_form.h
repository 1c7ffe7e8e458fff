// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The forms of lines in which the kernel complains: kForms in line_form.cc lists them.
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_LINE_FORM_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_LINE_FORM_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace kmod::vm {

// How bad a complaint of the kernel is, in rising order.
enum class ComplaintKind : std::uint8_t {
  kRefusal,  // the kernel refuses or ignores something: an unknown symbol, an unknown parameter
  kWarn,     // a warning or a failed check; the kernel continues
  kLeak,     // a module has left memory allocated
  // What only a debugging kernel looks for; it continues, too.
  kUbsan,        // undefined behavior
  kObjectState,  // an object is used in a state that does not allow it
  kLockdep,      // locks are taken in an order, or in a context, that can end in a deadlock
  kAtomicSleep,  // a function that may sleep was called where nothing may
  kKcsan,        // two accesses of which one writes, at the same time
  kKasan,        // an access to memory that is not the accessor's
  kHang,         // a lockup, a stall or a hung task
  kOops,         // the kernel killed the process that was running in it
  kPanic,        // the kernel stopped
};

// Which lines after its headline belong to a complaint.
enum class Extent : std::uint8_t {
  kLine,    // none
  kText,    // a "cut here" and what follows it, if that is the next line
  kStack,   // up to the end of the next call trace
  kReport,  // the same, but with hundreds of lines before the call trace
  kRuled,   // up to a line of equals signs
  kBlock,   // up to the "end trace"
};

// What the kernel means by a line.
struct LineForm {
  ComplaintKind kind = ComplaintKind::kRefusal;
  Extent extent = Extent::kLine;
  std::uint64_t taint = 0;  // the bits that the kernel sets with it, as in taint.h
  // The panic that an argument such as panic_on_warn asks for, after the complaint that it is
  // about.
  bool requested_panic = false;
};

// The form of a line without its time stamp; nothing if it is no headline.
//
// The whole line has to have one of the kernel's forms, with numbers and addresses where the kernel
// has them: a module that prints "WARNING: battery low" or "BUG: none so far" does not complain.
[[nodiscard]] std::optional<LineForm> find_line_form(std::string_view line);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_LINE_FORM_H_
