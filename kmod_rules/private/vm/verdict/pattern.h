// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_PATTERN_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_PATTERN_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kmod::vm {

// Text in which `*` stands for any text, none included; `\*` is a star and `\\` a backslash.
class Pattern {
 public:
  Pattern() : Pattern("") {}
  explicit Pattern(std::string text);

  // Whether it describes the whole of `line`.
  [[nodiscard]] bool matches(std::string_view line) const;

  // Whether it describes a part of `line`.
  [[nodiscard]] bool occurs_in(std::string_view line) const;

  // As it was given.
  [[nodiscard]] const std::string& text() const { return text_; }

  bool operator==(const Pattern& other) const { return text_ == other.text_; }

 private:
  std::string text_;
  std::vector<std::string> pieces_;  // what stands between the stars, at least one
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_PATTERN_H_
