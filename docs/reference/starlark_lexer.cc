// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "docs/reference/starlark_lexer.h"

#include <fmt/core.h>

#include <array>
#include <cctype>
#include <utility>

namespace kmod::reference {
namespace {

bool is_name_start(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_name_part(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Longest first.
constexpr std::array<std::string_view, 12> kLongOperators = {
    "//=", "**", "//", "==", "!=", "<=", ">=", "+=", "-=", "*=", "|=", "%="};
constexpr std::string_view kOperators = "+-*/%<>=()[]{},.:|";

class Lexer {
 public:
  Lexer(const std::string& path, std::string_view text) : path_(path), text_(text) {}

  base::Result<Tokens> run() {
    while (at_ < text_.size()) KMOD_TRY(step());
    add(Token::Kind::kNewline, "", at_);
    add(Token::Kind::kEnd, "", at_);
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] std::unexpected<std::string> wrong(std::string_view what) const {
    return std::unexpected(fmt::format("{}:{}: {}", path_, line_, what));
  }

  void add(Token::Kind kind, std::string text, std::size_t begin) {
    tokens_.list.push_back({kind, std::move(text), line_, begin - line_start_, begin, at_});
  }

  base::Status step() {
    const char c = text_[at_];
    if (c == '\n') {
      ++at_;
      if (depth_ == 0 && !tokens_.list.empty() &&
          tokens_.list.back().kind != Token::Kind::kNewline) {
        add(Token::Kind::kNewline, "", at_ - 1);
      }
      ++line_;
      line_start_ = at_;
      return {};
    }
    if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
      return {};
    }
    if (c == '\\' && text_.substr(at_ + 1).starts_with('\n')) {
      at_ += 2;
      ++line_;
      line_start_ = at_;
      return {};
    }
    if (c == '#') return comment();
    if (is_name_start(c)) return name();
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) return number();
    if (c == '"' || c == '\'') return string(at_, false);
    return operation();
  }

  base::Status comment() {
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    const bool whole_line = text_.substr(line_start_, at_ - line_start_).find_first_not_of(" \t") ==
                            std::string_view::npos;
    std::string_view text = text_.substr(at_ + 1, end - at_ - 1);
    if (text.starts_with(' ')) text.remove_prefix(1);
    if (whole_line) tokens_.comments.emplace(line_, text);
    at_ = end;
    return {};
  }

  base::Status name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name_part(text_[at_])) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (word == "r" && at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
      return string(begin, true);
    }
    add(Token::Kind::kName, std::string(word), begin);
    return {};
  }

  base::Status number() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name_part(text_[at_])) ++at_;
    add(Token::Kind::kNumber, std::string(text_.substr(begin, at_ - begin)), begin);
    return {};
  }

  base::Status string(std::size_t begin, bool raw) {
    const char quote = text_[at_];
    const bool triple = text_.substr(at_).starts_with(std::string(3, quote));
    const std::string end(triple ? 3 : 1, quote);
    const std::size_t first_line = line_;
    const std::size_t first_line_start = line_start_;
    at_ += end.size();
    std::string value;
    while (!text_.substr(at_).starts_with(end)) {
      if (at_ >= text_.size() || (text_[at_] == '\n' && !triple))
        return wrong("a string has no end");
      if (text_[at_] == '\\' && !raw && at_ + 1 < text_.size()) {
        value += escaped(text_[at_ + 1]);
        at_ += 2;
        continue;
      }
      if (text_[at_] == '\n') {
        ++line_;
        line_start_ = at_ + 1;
      }
      value += text_[at_++];
    }
    at_ += end.size();
    tokens_.list.push_back(
        {Token::Kind::kString, std::move(value), first_line, begin - first_line_start, begin, at_});
    return {};
  }

  static std::string escaped(char c) {
    switch (c) {
      case 'n':
        return "\n";
      case 't':
        return "\t";
      case '\\':
      case '"':
      case '\'':
        return {c};
      case '\n':
        return "";
      default:
        return {'\\', c};
    }
  }

  base::Status operation() {
    const std::size_t begin = at_;
    std::string_view found;
    for (const std::string_view each : kLongOperators) {
      if (text_.substr(at_).starts_with(each)) {
        found = each;
        break;
      }
    }
    if (found.empty() && kOperators.contains(text_[at_])) found = text_.substr(at_, 1);
    if (found.empty()) return wrong(fmt::format("'{}' is not a Starlark operator", text_[at_]));
    if (found == "(" || found == "[" || found == "{") ++depth_;
    if (found == ")" || found == "]" || found == "}") --depth_;
    at_ += found.size();
    add(Token::Kind::kOperator, std::string(found), begin);
    return {};
  }

  const std::string& path_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t line_start_ = 0;
  int depth_ = 0;
  Tokens tokens_;
};

}  // namespace

base::Result<Tokens> lex_starlark(const std::string& path, std::string_view text) {
  return Lexer(path, text).run();
}

}  // namespace kmod::reference
