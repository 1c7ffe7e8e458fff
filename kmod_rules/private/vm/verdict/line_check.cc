// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/line_check.h"

namespace kmod::vm {
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
  std::string start = "the kernel log has no line that is \"" + expected.text() + "\"";
  for (std::size_t i = 0; i < log.size(); ++i) {
    if (i < searched_from && expected.matches(log[i])) {
      return start + " behind those that were expected before it; it came earlier or too seldom";
    }
  }
  for (std::size_t i = searched_from; i < log.size(); ++i) {
    if (expected.occurs_in(log[i])) {
      return start + "; it has \"" + log[i] + "\", which only contains it";
    }
  }
  return start;
}

}  // namespace kmod::vm
