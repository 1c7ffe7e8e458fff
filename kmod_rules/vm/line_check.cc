// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/vm/line_check.h"

namespace kmod::vm {
namespace {

bool satisfies(const std::string& line, const ExpectedLine& expected) {
  if (expected.match == Match::exact) return line == expected.text;
  return line.find(expected.text) != std::string::npos;
}

}  // namespace

std::vector<std::optional<std::size_t>> match_lines(std::span<const ExpectedLine> expected,
                                                    std::span<const std::string> log) {
  std::vector<std::optional<std::size_t>> matches(expected.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    while (next < log.size() && !satisfies(log[next], expected[i])) ++next;
    if (next == log.size()) break;
    matches[i] = next++;
  }
  return matches;
}

std::string explain_missing(const ExpectedLine& expected, std::span<const std::string> log,
                            std::size_t searched_from) {
  std::string start = std::string("the kernel log has no line that ") +
                      (expected.match == Match::exact ? "is" : "contains") + " \"" + expected.text +
                      "\"";
  for (std::size_t i = 0; i < log.size(); ++i) {
    if (i < searched_from && satisfies(log[i], expected)) {
      return start + " behind those that were expected before it; it came earlier or too seldom";
    }
  }
  for (std::size_t i = searched_from; i < log.size(); ++i) {
    if (!expected.text.empty() && log[i].find(expected.text) != std::string::npos) {
      return start + "; it has \"" + log[i] + "\", which only contains it";
    }
  }
  return start;
}

}  // namespace kmod::vm
