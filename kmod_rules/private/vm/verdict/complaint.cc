// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/complaint.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kmod::vm {
namespace {

constexpr std::string_view kCutHere = "------------[ cut here ]------------";
constexpr std::string_view kCallTrace = "Call Trace:";

// The text given to WARN() stands between the cut and the "WARNING:" line.
constexpr std::size_t kLinesBefore = 6;

bool starts_with_any(std::string_view line, std::span<const std::string_view> starts) {
  return std::ranges::any_of(starts, [&](std::string_view s) { return line.starts_with(s); });
}

// How many lines may follow a headline until its end. A slab report has up to 256 lines of bytes.
std::size_t most_lines(Extent extent) {
  switch (extent) {
    case Extent::kLine:
      return 0;
    case Extent::kText:
      return 1;
    case Extent::kStack:
      return 60;
    case Extent::kReport:
    case Extent::kRuled:
    case Extent::kBlock:
      break;
  }
  return 400;
}

bool is_rule(std::string_view line) {
  return line.starts_with("====") && line.find_first_not_of('=') == std::string_view::npos;
}

// A frame, a marker such as " <TASK>", or registers of an interrupted or user context.
bool is_in_call_trace(std::string_view line) {
  constexpr std::array<std::string_view, 10> kRegisters = {
      "RIP: ", "Code: ", "RSP: ", "RAX: ", "RDX: ", "RBP: ", "R10: ", "R13: ", "ORIG_RAX: ", "<"};
  return line.starts_with(' ') || starts_with_any(line, kRegisters);
}

// What stands between the message and the call trace of dump_stack() and show_regs().
bool is_before_call_trace(std::string_view line) {
  constexpr std::array<std::string_view, 9> kStarts = {
      "CPU: ",    "Tainted: ",   "Hardware name: ",         "Modules linked in:",
      "FS:  ",    "Workqueue: ", "Preemption disabled at:", "CS:  ",
      "Stopper: "};
  constexpr std::array<std::string_view, 3> kDebugRegisters = {"CR2: ", "DR0: ", "DR3: "};
  return line.empty() || is_in_call_trace(line) || starts_with_any(line, kStarts) ||
         starts_with_any(line, kDebugRegisters);
}

// Call traces that somebody asked for, or that say how the guest ran out of memory.
bool announces_call_trace(std::string_view line) {
  constexpr std::array<std::string_view, 4> kStarts = {"task:", "sysrq: ", "NMI backtrace for cpu ",
                                                       "FAULT_INJECTION: forcing a failure"};
  return starts_with_any(line, kStarts) ||
         line.find(" invoked oom-killer: ") != std::string_view::npos ||
         (line.starts_with("CPU") && line.ends_with(':'));
}

class Finder {
 public:
  explicit Finder(std::span<const std::string> lines) : lines_(lines) {}

  std::vector<Complaint> run() {
    for (std::size_t i = 0; i < lines_.size(); ++i) feed(i);
    return std::move(complaints_);
  }

 private:
  void feed(std::size_t i) {
    const std::string& line = lines_[i];
    if (open_ && i > headline_ + most_lines(extent_)) open_ = false;
    if (line == kCutHere) return cut(i);
    if (const auto form = find_line_form(line)) return feed_headline(i, *form);
    if (line == kCallTrace) return feed_call_trace(i);
    if (!open_ || extent_ == Extent::kText) return;
    const bool one_trace = extent_ == Extent::kStack || extent_ == Extent::kReport;
    if (one_trace && traced_ && !is_in_call_trace(line)) {
      open_ = false;
      return;
    }
    add(i);
    if (line.starts_with("---[ end ")) open_ = false;
    if (extent_ == Extent::kRuled && is_rule(line)) open_ = false;
  }

  void cut(std::size_t i) {
    // Some texts stand before the cut of the warning that they explain.
    const bool explained = open_ && extent_ == Extent::kText && i == headline_ + 1;
    if (explained) {
      add(i);
      extent_ = Extent::kBlock;
      decided_ = false;
      return;
    }
    open_ = false;
    cut_ = i;
  }

  // Whether a headline says more about the open complaint.
  [[nodiscard]] bool continues(const LineForm& form) const {
    if (!open_) return false;
    if (form.requested_panic) return form.kind <= complaints_.back().kind;
    if (!decided_) return form.extent == Extent::kBlock || form.extent == Extent::kText;
    return form.kind == ComplaintKind::kOops && complaints_.back().kind == ComplaintKind::kOops;
  }

  void feed_headline(std::size_t i, const LineForm& form) {
    if (!continues(form)) return begin(i, form);
    Complaint& complaint = complaints_.back();
    complaint.kind = std::max(complaint.kind, form.kind);
    complaint.taint |= form.taint;
    if (form.extent == Extent::kBlock) decided_ = true;
    add(i);
  }

  void begin(std::size_t i, const LineForm& form) {
    const bool in_block = cut_ && i - *cut_ <= kLinesBefore;
    complaints_.push_back(
        {.kind = form.kind, .record = i, .headline = lines_[i], .taint = form.taint});
    for (std::size_t before = in_block ? *cut_ : i; before <= i; ++before) add(before);
    extent_ = in_block ? Extent::kBlock : form.extent;
    decided_ = !in_block || form.extent == Extent::kBlock;
    traced_ = false;
    headline_ = i;
    open_ = true;
    cut_.reset();
  }

  void feed_call_trace(std::size_t i) {
    const bool expected =
        open_ && extent_ != Extent::kText && (extent_ == Extent::kBlock || !traced_);
    if (expected) {
      traced_ = true;
      return add(i);
    }
    open_ = false;
    std::size_t message = i;
    while (message > 0 && is_before_call_trace(lines_[message - 1])) --message;
    if (message > 0) --message;
    if (announces_call_trace(lines_[message])) return;
    complaints_.push_back({.kind = ComplaintKind::kWarn,
                           .record = message,
                           .headline = lines_[message],
                           .unexplained = true});
    for (std::size_t line = message; line <= i; ++line) add(line);
    extent_ = Extent::kStack;
    decided_ = true;
    traced_ = true;
    headline_ = i;
    open_ = true;
  }

  void add(std::size_t i) { complaints_.back().lines.push_back(lines_[i]); }

  std::span<const std::string> lines_;
  std::vector<Complaint> complaints_;
  std::optional<std::size_t> cut_;  // a "cut here" whose headline is to come
  // Of complaints_.back(), while lines may still belong to it.
  bool open_ = false;
  Extent extent_ = Extent::kLine;
  std::size_t headline_ = 0;
  bool decided_ = true;  // the block has its "WARNING:" or "kernel BUG" line
  bool traced_ = false;  // its call trace has begun
};

}  // namespace

std::string describe(const Complaint& complaint) {
  if (!complaint.unexplained) return complaint.headline;
  return fmt::format(
      "the kernel printed a call trace that belongs to no known complaint, after: {}",
      complaint.headline);
}

std::optional<ComplaintKind> classify_line(std::string_view line) {
  const auto form = find_line_form(line);
  return form ? std::optional(form->kind) : std::nullopt;
}

bool is_switch_off(std::string_view line) {
  // sysrq-b resets without the kernel's other line.
  if (line == "sysrq: Resetting") return true;
  constexpr std::string_view kSpeaker = "reboot: ";
  if (!line.starts_with(kSpeaker)) return false;
  line.remove_prefix(kSpeaker.size());
  return line.starts_with("Restarting system") || line == "Power down" || line == "System halted";
}

std::vector<Complaint> find_complaints(std::span<const std::string> lines) {
  return Finder(lines).run();
}

}  // namespace kmod::vm
