// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Text as lines and fields. The results point into the text that was given.
#ifndef KMOD_RULES_PRIVATE_TOOLS_LINES_H_
#define KMOD_RULES_PRIVATE_TOOLS_LINES_H_

#include <string_view>
#include <vector>

namespace kmod::tools {

// Splits at every separator; a text without one is a single field, an empty text a single empty
// one.
[[nodiscard]] inline std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> fields;
  for (;;) {
    const size_t end = text.find(separator);
    fields.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return fields;
    text.remove_prefix(end + 1);
  }
}

// Lines without their newline. A last line counts whether or not a newline ends it; no text, no
// line.
[[nodiscard]] inline std::vector<std::string_view> split_lines(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.empty()) return {};
  return split(text, '\n');
}

}  // namespace kmod::tools

#endif  // KMOD_RULES_PRIVATE_TOOLS_LINES_H_
