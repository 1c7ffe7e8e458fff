// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/stack_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <vector>

namespace kmod::vm {
namespace {

// A name of a template may take several hundred characters: behind such a one, the place goes to a
// line of its own.
constexpr std::size_t kMaxColumn = 64;

// Where the rows of a stack begin, the first of them behind "at".
constexpr std::string_view kFirst = "  at  ";
constexpr std::string_view kNext = "      ";

struct Row {
  std::string function;
  std::string place;  // empty if it is not known
  std::string note;
};

std::string hexadecimal(std::uint64_t value) {
  char digits[16];
  return "0x" + std::string(digits, std::to_chars(digits, digits + sizeof(digits), value, 16).ptr);
}

std::string as_printed(const StackFrame& frame) {
  if (frame.symbol.empty()) return hexadecimal(frame.offset);
  std::string text = frame.symbol + "+" + hexadecimal(frame.offset) + "/" + hexadecimal(frame.size);
  if (!frame.module.empty()) text += " [" + frame.module + "]";
  return text;
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
    if (!row.place.empty() && source.line != 0) row.place += ":" + std::to_string(source.line);
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
    // Where an interrupt cut in, and where what it cut into goes on.
    if (!frame.frame.context.empty() && frame.frame.context != context) {
      context = frame.frame.context;
      rows.push_back({"<" + context + ">", "", ""});
    }
    add_rows(frame, rows);
  }
  const std::size_t column = column_of(rows);
  std::string text = stack.title.empty() ? "" : "  " + stack.title + "\n";
  std::string_view margin = kFirst;
  for (const Row& row : rows) {
    text += std::string(margin) + row.function;
    margin = kNext;
    if (!row.place.empty()) {
      const bool fits = row.function.size() <= column;
      text += fits ? std::string(column - row.function.size(), ' ')
                   : "\n" + std::string(margin) + std::string(column, ' ');
      text += "  " + row.place + row.note;
    }
    text += "\n";
  }
  return text;
}

}  // namespace kmod::vm
