// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Parses numbers and splits text into fields and lines, also text that arrives in pieces.
#ifndef KMOD_RULES_PRIVATE_BASE_TEXT_H_
#define KMOD_RULES_PRIVATE_BASE_TEXT_H_

#include <algorithm>
#include <charconv>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace kmod::base {

// Parses all of `text` as a number in a base from 2 to 36, without a prefix such as 0x. Returns
// nothing if the text is empty, contains another character or does not fit.
template <std::integral T>
[[nodiscard]] std::optional<T> parse_number(std::string_view text, int base = 10) {
  T number{};
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const auto [stop, error] = std::from_chars(begin, end, number, base);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

// Splits at every separator. A text without a separator is one field; an empty text is one empty
// field.
[[nodiscard]] inline std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t end = text.find(separator);
    fields.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return fields;
    text.remove_prefix(end + 1);
  }
}

// Splits into lines without their newlines. The last line may lack its newline; an empty text has
// no lines.
[[nodiscard]] inline std::vector<std::string_view> split_lines(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.empty()) return {};
  return split(text, '\n');
}

// The words of a text, separated by spaces, tabs and line ends.
[[nodiscard]] inline std::vector<std::string_view> words(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  std::vector<std::string_view> found;
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
    if (text.empty()) return found;
    found.push_back(text.substr(0, text.find_first_of(kSpace)));
    text.remove_prefix(found.back().size());
  }
}

// The text between two others in a line; nothing if the line does not have them in this order.
[[nodiscard]] inline std::optional<std::string_view> between(std::string_view line,
                                                             std::string_view before,
                                                             std::string_view after) {
  const std::size_t start = line.find(before);
  if (start == std::string_view::npos) return std::nullopt;
  line.remove_prefix(start + before.size());
  const std::size_t end = line.find(after);
  if (end == std::string_view::npos) return std::nullopt;
  return line.substr(0, end);
}

// Replaces every occurrence of `from`, which is not empty. What replaces it is not searched again.
inline void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// Texts with a separator between them.
template <class Texts>
[[nodiscard]] std::string join(const Texts& texts, std::string_view separator) {
  std::string joined;
  bool first = true;
  for (const auto& text : texts) {
    if (!std::exchange(first, false)) joined += separator;
    joined += text;
  }
  return joined;
}

// Splits a stream of bytes from a terminal into lines, without their line ends.
class LineSplitter {
 public:
  // Returns the lines that `bytes` complete.
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

  // Returns and forgets the beginning of the line that is not complete yet.
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
