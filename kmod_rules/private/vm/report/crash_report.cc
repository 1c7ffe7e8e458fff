// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/crash_report.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace kmod::vm {
namespace {

// The headline, with the lines around it that say what happened rather than where: the text of a
// WARN() before it, and for a page fault whether it was a read or a write.
std::string format_headline(const Complaint& complaint) {
  std::string before;
  std::string after;
  bool seen = false;
  for (const std::string& line : complaint.lines) {
    if (!seen && line == complaint.headline) {
      seen = true;
    } else if (!seen && !line.starts_with("------------[")) {
      before += fmt::format("  {}\n", line);
    } else if (seen && line.starts_with("#PF: ") && line.find("error_code") == std::string::npos) {
      after += fmt::format("  {}\n", line);
    }
  }
  return fmt::format("{}  {}\n{}", before, complaint.headline, after);
}

std::string format_excerpt(const SourceExcerpt& excerpt) {
  std::string text = fmt::format("  {}:\n", excerpt.file);
  const std::size_t last = excerpt.first + excerpt.lines.size() - 1;
  const std::size_t width = std::to_string(last).size();
  for (std::size_t i = 0; i < excerpt.lines.size(); ++i) {
    const std::size_t number = excerpt.first + i;
    text += fmt::format("    {} {:{}} |{}{}\n", number == excerpt.line ? '>' : ' ', number, width,
                        excerpt.lines[i].empty() ? "" : " ", excerpt.lines[i]);
  }
  return text;
}

// The name of a template may have several hundred characters; its place is then on the next line.
constexpr std::size_t kMaxColumn = 64;

// The left margins of a stack: that of its first row, and of the others.
constexpr std::string_view kFirst = "  at  ";
constexpr std::string_view kNext = "      ";

struct Row {
  std::string function;
  std::string place;  // empty if it is not known
  std::string note;
};

std::string as_printed(const StackFrame& frame) {
  if (frame.symbol.empty()) return fmt::format("{:#x}", frame.offset);
  return fmt::format("{}+{:#x}/{:#x}{}", frame.symbol, frame.offset, frame.size,
                     frame.module.empty() ? "" : fmt::format(" [{}]", frame.module));
}

bool worth_showing(const SymbolizedFrame& frame) {
  return frame.frame.reliable || !frame.frame.module.empty();
}

void add_rows(const SymbolizedFrame& frame, std::vector<Row>& rows) {
  const std::string doubt = frame.frame.reliable ? "" : "? ";
  if (frame.chain.empty()) rows.push_back({doubt + as_printed(frame.frame), "", ""});
  for (std::size_t i = 0; i < frame.chain.size(); ++i) {
    const SourceFrame& source = frame.chain[i];
    const bool inlined = i + 1 < frame.chain.size();
    const std::string function = source.function.empty() ? "??" : source.function;
    Row row{doubt + function, source.file, inlined ? "  (inlined)" : ""};
    if (!row.place.empty() && source.line != 0) row.place += fmt::format(":{}", source.line);
    rows.push_back(row);
  }
}

std::size_t column_of(const std::vector<Row>& rows) {
  std::size_t column = 0;
  for (const Row& row : rows) {
    if (!row.place.empty() && row.function.size() <= kMaxColumn) {
      column = std::max(column, row.function.size());
    }
  }
  return column;
}

}  // namespace

std::string format_stack(const SymbolizedStack& stack) {
  std::vector<Row> rows;
  std::string context = "TASK";
  for (const SymbolizedFrame& frame : stack.frames) {
    if (!worth_showing(frame)) continue;
    // Where an interrupt begins, and where the interrupted code continues.
    if (!frame.frame.context.empty() && frame.frame.context != context) {
      context = frame.frame.context;
      rows.push_back({fmt::format("<{}>", context), "", ""});
    }
    add_rows(frame, rows);
  }
  const std::size_t column = column_of(rows);
  std::string text = stack.title.empty() ? "" : fmt::format("  {}\n", stack.title);
  std::string_view margin = kFirst;
  for (const Row& row : rows) {
    text += fmt::format("{}{}", margin, row.function);
    margin = kNext;
    if (!row.place.empty()) {
      const bool fits = row.function.size() <= column;
      text += fits ? std::string(column - row.function.size(), ' ')
                   : fmt::format("\n{}{:{}}", margin, "", column);
      text += fmt::format("  {}{}", row.place, row.note);
    }
    text += "\n";
  }
  return text;
}

std::string format_crash_report(const Complaint& complaint, const Symbolized& symbolized) {
  std::string text = "first complaint of the kernel:\n" + format_headline(complaint);
  for (const SymbolizedStack& stack : symbolized.stacks) text += format_stack(stack);
  for (const SourceExcerpt& excerpt : symbolized.excerpts) text += format_excerpt(excerpt);
  for (const std::string& problem : symbolized.problems) {
    text += fmt::format("  ({})\n", problem);
  }
  return text;
}

}  // namespace kmod::vm
