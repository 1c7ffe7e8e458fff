// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "docs/reference/markdown.h"

#include <fmt/core.h>

#include <algorithm>

#include "kmod_rules/private/base/text.h"

namespace kmod::reference {
namespace {

std::size_t indentation(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

bool is_blank(std::string_view line) { return indentation(line) == line.size(); }

void add_wrapped(const std::string& paragraph, std::string& out) {
  std::size_t column = 0;
  for (const std::string_view word : base::split(paragraph, ' ')) {
    if (word.empty()) continue;
    if (column > 0 && column + 1 + word.size() > kColumns) {
      out += '\n';
      column = 0;
    }
    if (column > 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  if (!paragraph.empty()) out += '\n';
}

}  // namespace

std::string dedent(std::string_view text) {
  const auto lines = base::split(text, '\n');
  std::size_t shared = std::string_view::npos;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (!is_blank(lines[i])) shared = std::min(shared, indentation(lines[i]));
  }
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view line = i == 0 ? lines[i].substr(indentation(lines[i]))
                                   : lines[i].substr(std::min(shared, lines[i].size()));
    if (is_blank(line)) line = {};
    out += fmt::format("{}\n", line);
  }
  out.erase(0, out.find_first_not_of('\n'));
  out.erase(out.find_last_not_of('\n') + 1);
  return out;
}

std::string wrap(std::string_view text) {
  std::string out;
  std::string paragraph;
  bool fenced = false;
  for (const std::string_view line : base::split(text, '\n')) {
    const bool fence = line.starts_with("```");
    const bool verbatim = fenced || fence || line.starts_with("    ") || line.starts_with('|') ||
                          line.starts_with("- ") || line.starts_with("  ");
    if (!verbatim && !is_blank(line)) {
      paragraph += fmt::format(" {}", line);
      continue;
    }
    add_wrapped(paragraph, out);
    paragraph.clear();
    if (fence) fenced = !fenced;
    out += fmt::format("{}\n", line);
  }
  add_wrapped(paragraph, out);
  out.erase(out.find_last_not_of('\n') + 1);
  return out + "\n";
}

std::string table_row(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const std::string& cell : cells) {
    row += ' ';
    for (const char c : cell) {
      if (c == '|') row += '\\';
      row += c == '\n' ? ' ' : c;
    }
    row += " |";
  }
  return row + "\n";
}

std::string code(std::string_view text) { return text.empty() ? "" : fmt::format("`{}`", text); }

}  // namespace kmod::reference
