// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_PATTERN_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_PATTERN_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kmod::vm {

// A text in which `*` stands for any text, including the empty one; `\*` is a star and `\\` a
// backslash.
class Pattern {
 public:
  Pattern() : Pattern("") {}
  explicit Pattern(std::string text);

  // Whether it matches all of `line`.
  [[nodiscard]] bool matches(std::string_view line) const;

  // Whether it matches a part of `line`.
  [[nodiscard]] bool occurs_in(std::string_view line) const;

  // The text as it was given.
  [[nodiscard]] const std::string& text() const { return text_; }

  bool operator==(const Pattern& other) const { return text_ == other.text_; }

 private:
  std::string text_;
  std::vector<std::string> pieces_;  // the texts between the stars, at least one
};

// For each expected line the index of the log line that matches it, in rising order; nothing from
// the first missing line on. Every log line matches at most one expected line.
[[nodiscard]] std::vector<std::optional<std::size_t>> match_lines(std::span<const Pattern> expected,
                                                                  std::span<const std::string> log);

// Why `expected` was not found after the first `searched_from` lines of the log: it came earlier,
// only as a part of a longer line, or not at all.
[[nodiscard]] std::string explain_missing(const Pattern& expected, std::span<const std::string> log,
                                          std::size_t searched_from);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_PATTERN_H_
