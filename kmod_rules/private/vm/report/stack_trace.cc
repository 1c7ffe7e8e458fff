// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/stack_trace.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace kmod::vm {
namespace {

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// "0x" and digits.
std::optional<std::uint64_t> take_hex(std::string_view& text) {
  std::string_view rest = text;
  if (!take(rest, "0x")) return std::nullopt;
  std::uint64_t value = 0;
  const auto [stop, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value, 16);
  if (error != std::errc()) return std::nullopt;
  text = rest.substr(static_cast<std::size_t>(stop - rest.data()));
  return value;
}

// " [hello]" or " [hello 0123456789abcdef]".
std::optional<std::string> parse_module(std::string_view text) {
  if (text.empty()) return "";
  if (!take(text, " [") || !text.ends_with(']')) return std::nullopt;
  text.remove_suffix(1);
  const std::string_view name = text.substr(0, text.find(' '));
  if (name.empty() || name.find_first_of("[]") != std::string_view::npos) return std::nullopt;
  return std::string(name);
}

// "hello_init+0x11/0x1000 [hello]" or "0xffffffffc0297000".
std::optional<StackFrame> parse_place(std::string_view text) {
  StackFrame frame;
  std::string_view rest = text;
  if (const auto address = take_hex(rest); address && rest.empty()) {
    frame.offset = *address;
    return frame;
  }
  const std::size_t plus = text.find("+0x");
  if (plus == std::string_view::npos || plus == 0) return std::nullopt;
  frame.symbol = text.substr(0, plus);
  if (frame.symbol.find_first_of(" :[") != std::string::npos) return std::nullopt;
  rest = text.substr(plus + 1);
  const auto offset = take_hex(rest);
  const bool sized = offset && take(rest, "/");
  const auto size = sized ? take_hex(rest) : std::nullopt;
  auto module = size ? parse_module(rest) : std::nullopt;
  if (!module) return std::nullopt;
  frame.offset = *offset;
  frame.size = *size;
  frame.module = std::move(*module);
  return frame;
}

// "<TASK>" gives "TASK", "</TASK>" gives "".
std::optional<std::string> parse_marker(std::string_view line) {
  if (!line.starts_with('<') || !line.ends_with('>')) return std::nullopt;
  const std::string_view name = line.substr(1, line.size() - 2);
  if (name.starts_with('/')) return "";
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || c == '#' || c == '_'; };
  if (name.empty() || !std::ranges::all_of(name, is_letter)) return std::nullopt;
  return std::string(name);
}

// Lines between RIP and the stack, or within a stack that an interrupt divides.
bool is_register_line(std::string_view line) {
  constexpr std::array<std::string_view, 14> kNames = {
      "Code: ", "RSP: ", "RAX: ", "RDX: ", "RBP: ", "R10: ", "R13: ",
      "FS: ",   "CS: ",  "CR2: ", "DR0: ", "DR3: ", "PKRU:", "ORIG_RAX: "};
  return std::ranges::any_of(kNames, [&](std::string_view name) { return line.starts_with(name); });
}

// One of the two accesses of a data race: "write to 0xffffffffc009a628 of 4 bytes by task 78 on cpu
// 0:".
bool is_access(std::string_view line) {
  return line.contains(" to 0x") && line.contains(" bytes by ") && line.contains(" on cpu ") &&
         line.ends_with(':');
}

// Lines after which frames follow.
bool is_title(std::string_view line) {
  constexpr std::array<std::string_view, 5> kTitles = {"Allocated in ", "Freed in ",
                                                       "Allocated by task ", "Freed by task ",
                                                       "Preemption disabled at:"};
  return std::ranges::any_of(kTitles, [&](std::string_view t) { return line.starts_with(t); }) ||
         is_access(line);
}

class Parser {
 public:
  void feed(std::string_view line) {
    if (take(line, "RIP: ")) return feed_rip(line);
    if (line == "Call Trace:") {
      // Belongs to the registers before it, if there are any.
      if (state_ != State::kAfterRip) stacks_.emplace_back();
      return enter(State::kInTrace);
    }
    if (is_title(line)) {
      stacks_.push_back({std::string(line), {}});
      return enter(State::kInTrace);
    }
    if (is_register_line(line)) return;
    if (state_ == State::kInTrace && feed_trace(line)) return;
    enter(State::kOutside);
  }

  std::vector<StackTrace> take_stacks() {
    std::erase_if(stacks_, [](const StackTrace& stack) { return stack.frames.empty(); });
    // At the end of an oops, x86 prints the registers once more.
    for (std::size_t i = stacks_.size(); i-- > 1;) {
      if (stacks_[i].frames.size() == 1 && stacks_[i].frames == std::vector(1, first_of(i - 1))) {
        stacks_.erase(stacks_.begin() + static_cast<std::ptrdiff_t>(i));
      }
    }
    return std::move(stacks_);
  }

 private:
  enum class State { kOutside, kAfterRip, kInTrace };

  void enter(State state) {
    state_ = state;
    context_.clear();
  }

  [[nodiscard]] const StackFrame& first_of(std::size_t stack) const {
    return stacks_[stack].frames.front();
  }

  // "0010:hello_init+0x11/0x1000 [hello]": the segment's lowest two bits are the privilege.
  void feed_rip(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == 0 || colon == std::string_view::npos) return;
    const bool user = (text[colon - 1] & 3) == 3;
    if (user) return enter(State::kOutside);
    auto frame = parse_place(text.substr(colon + 1));
    if (!frame) return;
    frame->exact = true;
    frame->context = context_;
    if (state_ != State::kInTrace) {
      stacks_.emplace_back();
      enter(State::kAfterRip);
    }
    stacks_.back().frames.push_back(std::move(*frame));
  }

  bool feed_trace(std::string_view line) {
    if (auto marker = parse_marker(line)) {
      context_ = std::move(*marker);
      return true;
    }
    auto frame = parse_stack_frame(line);
    if (!frame) return false;
    frame->context = context_;
    stacks_.back().frames.push_back(std::move(*frame));
    return true;
  }

  std::vector<StackTrace> stacks_;
  State state_ = State::kOutside;
  std::string context_;
};

}  // namespace

std::optional<StackFrame> parse_stack_frame(std::string_view line) {
  line = trim(line);
  // Some reports put the address, or a word instead of it, before the name.
  if (line.starts_with("[<")) {
    const std::size_t end = line.find(">] ");
    if (end == std::string_view::npos) return std::nullopt;
    line.remove_prefix(end + 3);
  }
  const bool guess = take(line, "? ");
  auto frame = parse_place(line);
  if (frame) frame->reliable = !guess;
  return frame;
}

std::vector<StackTrace> parse_stacks(std::span<const std::string> lines) {
  Parser parser;
  for (const std::string& line : lines) parser.feed(trim(line));
  return parser.take_stacks();
}

}  // namespace kmod::vm
