// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/pattern.h"

#include <fmt/core.h>

namespace kmod::vm {

Pattern::Pattern(std::string text) : text_(std::move(text)), pieces_(1) {
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '*') {
      pieces_.emplace_back();
      continue;
    }
    const bool escape =
        text_[i] == '\\' && i + 1 < text_.size() && (text_[i + 1] == '*' || text_[i + 1] == '\\');
    pieces_.back().push_back(text_[escape ? ++i : i]);
  }
}

bool Pattern::matches(std::string_view line) const {
  if (pieces_.size() == 1) return line == pieces_.front();
  const std::string& first = pieces_.front();
  const std::string& last = pieces_.back();
  if (line.size() < first.size() + last.size() || !line.starts_with(first) ||
      !line.ends_with(last)) {
    return false;
  }
  line.remove_prefix(first.size());
  line.remove_suffix(last.size());
  // The earliest place for each piece leaves the most room for the pieces after it.
  for (std::size_t i = 1; i + 1 < pieces_.size(); ++i) {
    const std::size_t found = line.find(pieces_[i]);
    if (found == std::string_view::npos) return false;
    line.remove_prefix(found + pieces_[i].size());
  }
  return true;
}

bool Pattern::occurs_in(std::string_view line) const {
  for (const std::string& piece : pieces_) {
    const std::size_t found = line.find(piece);
    if (found == std::string_view::npos) return false;
    line.remove_prefix(found + piece.size());
  }
  return true;
}

std::vector<std::optional<std::size_t>> match_lines(std::span<const Pattern> expected,
                                                    std::span<const std::string> log) {
  std::vector<std::optional<std::size_t>> matches(expected.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    while (next < log.size() && !expected[i].matches(log[next])) ++next;
    if (next == log.size()) break;
    matches[i] = next++;
  }
  return matches;
}

std::string explain_missing(const Pattern& expected, std::span<const std::string> log,
                            std::size_t searched_from) {
  std::string start = fmt::format("the kernel log has no line \"{}\"", expected.text());
  for (std::size_t i = 0; i < log.size(); ++i) {
    if (i < searched_from && expected.matches(log[i])) {
      return start + " after the lines expected before it; it came earlier or too rarely";
    }
  }
  for (std::size_t i = searched_from; i < log.size(); ++i) {
    if (expected.occurs_in(log[i])) {
      return fmt::format("{}; it has \"{}\", which only contains it", start, log[i]);
    }
  }
  return start;
}

}  // namespace kmod::vm
