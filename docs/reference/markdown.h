// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Text of docstrings as Markdown.
#ifndef DOCS_REFERENCE_MARKDOWN_H_
#define DOCS_REFERENCE_MARKDOWN_H_

#include <string>
#include <string_view>
#include <vector>

namespace kmod::reference {

// The columns that prose is wrapped at.
inline constexpr std::size_t kColumns = 100;

// Without the indentation that all lines but the first share, and without empty lines at both ends.
[[nodiscard]] std::string dedent(std::string_view text);

// Paragraphs wrapped at kColumns; code blocks, tables and list items stay as they are.
[[nodiscard]] std::string wrap(std::string_view text);

// A row of a table; line breaks in a cell become spaces.
[[nodiscard]] std::string table_row(const std::vector<std::string>& cells);

// `text` in backquotes, or an empty text.
[[nodiscard]] std::string code(std::string_view text);

}  // namespace kmod::reference

#endif  // DOCS_REFERENCE_MARKDOWN_H_
