// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Splits a Starlark file into tokens.
#ifndef DOCS_REFERENCE_STARLARK_LEXER_H_
#define DOCS_REFERENCE_STARLARK_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::reference {

struct Token {
  enum class Kind : std::uint8_t { kName, kNumber, kString, kOperator, kNewline, kEnd };

  Kind kind = Kind::kEnd;
  std::string text;        // of a string, its value
  std::size_t line = 0;    // from 1
  std::size_t column = 0;  // from 0
  std::size_t begin = 0;   // offsets in the file
  std::size_t end = 0;
};

struct Tokens {
  std::vector<Token> list;  // ends in kEnd; newlines inside brackets are left out
  std::map<std::size_t, std::string> comments;  // of lines that are only a comment, without "# "
};

// Errors: a character or a string that Starlark does not have, by path and line.
[[nodiscard]] base::Result<Tokens> lex_starlark(const std::string& path, std::string_view text);

}  // namespace kmod::reference

#endif  // DOCS_REFERENCE_STARLARK_LEXER_H_
