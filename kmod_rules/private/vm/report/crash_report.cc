// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/crash_report.h"

#include <algorithm>
#include <cstdint>

#include "kmod_rules/private/vm/report/stack_text.h"

namespace kmod::vm {
namespace {

// The words of the kernel around a headline that say what happened, rather than where: the text of
// a WARN() before it, and of a page fault whether it was a read or a write.
std::string format_headline(const Complaint& complaint) {
  std::string before;
  std::string after;
  bool seen = false;
  for (const std::string& line : complaint.lines) {
    if (!seen && line == complaint.headline) {
      seen = true;
    } else if (!seen && !line.starts_with("------------[")) {
      before += "  " + line + "\n";
    } else if (seen && line.starts_with("#PF: ") && line.find("error_code") == std::string::npos) {
      after += "  " + line + "\n";
    }
  }
  return before + "  " + complaint.headline + "\n" + after;
}

std::string format_excerpt(const SourceExcerpt& excerpt) {
  std::string text = "  " + excerpt.file + ":\n";
  const std::size_t last = excerpt.first + excerpt.lines.size() - 1;
  const std::size_t width = std::to_string(last).size();
  for (std::size_t i = 0; i < excerpt.lines.size(); ++i) {
    std::string number = std::to_string(excerpt.first + i);
    number.insert(0, width - number.size(), ' ');
    const bool marked = excerpt.first + i == excerpt.line;
    text += (marked ? "    > " : "      ") + number + " |";
    text += (excerpt.lines[i].empty() ? "" : " ") + excerpt.lines[i] + "\n";
  }
  return text;
}

}  // namespace

std::string format_crash_report(const Complaint& complaint, const Symbolized& symbolized) {
  std::string text = "first complaint of the kernel:\n" + format_headline(complaint);
  for (const SymbolizedStack& stack : symbolized.stacks) text += format_stack(stack);
  for (const SourceExcerpt& excerpt : symbolized.excerpts) text += format_excerpt(excerpt);
  for (const std::string& problem : symbolized.problems) text += "  (" + problem + ")\n";
  return text;
}

}  // namespace kmod::vm
