// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Text taken apart: numbers, fields, lines, and lines that arrive in pieces.
#ifndef KMOD_RULES_PRIVATE_BASE_TEXT_H_
#define KMOD_RULES_PRIVATE_BASE_TEXT_H_

#include <charconv>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace kmod::base {

// All of `text` as a number in a base from 2 to 36, without a prefix such as 0x. Nothing if the
// text is empty, holds anything else or does not fit.
template <std::integral T>
[[nodiscard]] std::optional<T> parse_number(std::string_view text, int base = 10) {
  T number{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, base);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

// Splits at every separator; a text without one is a single field, an empty text a single empty
// one.
[[nodiscard]] inline std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t end = text.find(separator);
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

// Turns a stream of bytes from a terminal into lines, without their line ends.
class LineSplitter {
 public:
  // The lines that become complete with `bytes`.
  [[nodiscard]] std::vector<std::string> feed(std::string_view bytes) {
    std::vector<std::string> lines;
    for (char c : bytes) {
      if (c == '\n') {
        lines.push_back(take());
      } else {
        unfinished_.push_back(c);
      }
    }
    return lines;
  }

  // What has come of the line that is not complete yet; it is gone then.
  [[nodiscard]] std::string take() {
    while (unfinished_.ends_with('\r')) unfinished_.pop_back();
    return std::exchange(unfinished_, {});
  }

  [[nodiscard]] const std::string& unfinished() const { return unfinished_; }

  [[nodiscard]] bool has_unfinished() const { return !unfinished_.empty(); }

 private:
  std::string unfinished_;
};

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_TEXT_H_
