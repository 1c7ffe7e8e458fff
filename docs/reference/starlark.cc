// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "docs/reference/starlark.h"

#include <fmt/core.h>

#include <cctype>
#include <set>

#include "docs/reference/starlark_lexer.h"

namespace kmod::reference {
namespace {

using Kind = Expression::Kind;

// Binary operators, which an expression keeps as written; + is the one that the reference
// evaluates.
bool is_binary(const Token& token) {
  static const std::set<std::string_view> kOperators = {"-",  "*",  "/",  "//", "%", "|",
                                                        "==", "!=", "<=", ">=", "<", ">"};
  static const std::set<std::string_view> kWords = {"and", "or", "in", "not"};
  return token.kind == Token::Kind::kOperator
             ? kOperators.contains(token.text)
             : token.kind == Token::Kind::kName && kWords.contains(token.text);
}

class Parser {
 public:
  Parser(const std::string& path, std::string_view text, Tokens tokens)
      : text_(text), tokens_(std::move(tokens)) {
    file_.path = path;
  }

  base::Result<StarlarkFile> run() {
    bool first = true;
    while (now().kind != Token::Kind::kEnd) {
      if (now().kind == Token::Kind::kNewline) {
        ++at_;
        continue;
      }
      if (first && now().kind == Token::Kind::kString) {
        file_.doc = now().text;
        skip_statement();
      } else {
        KMOD_TRY(statement());
      }
      first = false;
    }
    return std::move(file_);
  }

 private:
  [[nodiscard]] const Token& now() const { return tokens_.list[at_]; }
  [[nodiscard]] const Token& next() const { return tokens_.list[at_ + 1]; }
  [[nodiscard]] bool is(std::string_view text) const {
    return (now().kind == Token::Kind::kOperator || now().kind == Token::Kind::kName) &&
           now().text == text;
  }
  bool take(std::string_view text) {
    if (!is(text)) return false;
    ++at_;
    return true;
  }
  [[nodiscard]] std::unexpected<std::string> wrong(std::string_view what) const {
    return std::unexpected(
        fmt::format("{}:{}: {}, and the reference reads only loads, constants, functions and calls",
                    file_.path, now().line, what));
  }
  base::Status expect(std::string_view text) {
    if (take(text)) return {};
    return wrong(fmt::format("\"{}\" is not the expected \"{}\"", now().text, text));
  }

  void skip_statement() {
    while (now().kind != Token::Kind::kNewline) ++at_;
  }

  // The lines of a function's body, which are indented.
  void skip_body() {
    while (now().kind != Token::Kind::kEnd &&
           (now().kind == Token::Kind::kNewline || now().column > 0)) {
      ++at_;
    }
  }

  base::Status statement() {
    if (is("def")) return function();
    // A list of targets in a BUILD file.
    if (is("[")) {
      skip_statement();
      return {};
    }
    if (now().kind != Token::Kind::kName)
      return wrong(fmt::format("\"{}\" begins a statement", now().text));
    if (next().kind == Token::Kind::kOperator && next().text == "=") {
      const std::string name = now().text;
      at_ += 2;
      file_.constants[name] = KMOD_TRY(expression());
      file_.constant_order.push_back(name);
      return {};
    }
    const std::size_t line = now().line;
    Expression call = KMOD_TRY(expression());
    if (call.kind == Kind::kCall && call.items[0].text == "load") return load(call);
    file_.calls.push_back({std::move(call), comment_above(line)});
    return {};
  }

  base::Status load(const Expression& call) {
    if (call.items.size() < 2) return wrong("load() names no file");
    const std::string& label = call.items[1].text;
    for (std::size_t i = 2; i < call.items.size(); ++i) {
      file_.loads[call.items[i].text] = {label, call.items[i].text};
    }
    for (std::size_t i = 0; i < call.keywords.size(); ++i) {
      file_.loads[call.keywords[i]] = {label, call.keyword_values[i].text};
    }
    return {};
  }

  [[nodiscard]] std::string comment_above(std::size_t line) const {
    std::string text;
    std::size_t first = line;
    while (first > 1 && tokens_.comments.contains(first - 1)) --first;
    for (; first < line; ++first) text += tokens_.comments.at(first) + "\n";
    return text;
  }

  base::Status function() {
    Function function;
    function.line = now().line;
    ++at_;
    const std::string name = now().text;
    ++at_;
    KMOD_TRY(expect("("));
    while (!take(")")) {
      Parameter parameter;
      while (is("*") || is("**")) {
        parameter.name += now().text;
        ++at_;
      }
      parameter.name += now().text;
      ++at_;
      if (take("=")) parameter.default_value = KMOD_TRY(expression()).source;
      function.parameters.push_back(std::move(parameter));
      if (!take(",") && !is(")")) return wrong("a parameter has no comma after it");
    }
    KMOD_TRY(expect(":"));
    while (now().kind == Token::Kind::kNewline) ++at_;
    if (now().kind == Token::Kind::kString) function.doc = now().text;
    skip_body();
    file_.functions[name] = std::move(function);
    return {};
  }

  [[nodiscard]] std::string source_from(std::size_t begin) const {
    std::string source;
    bool space = false;
    for (const char c : text_.substr(begin, tokens_.list[at_ - 1].end - begin)) {
      if (std::isspace(static_cast<unsigned char>(c)) != 0) {
        space = true;
        continue;
      }
      if (space && !source.empty()) source += ' ';
      space = false;
      source += c;
    }
    return source;
  }

  base::Result<Expression> expression() {
    const std::size_t begin = now().begin;
    const std::size_t line = now().line;
    Expression left = KMOD_TRY(operand());
    for (;;) {
      if (take("+")) {
        Expression right = KMOD_TRY(operand());
        Expression sum{.kind = Kind::kAdd};
        sum.items = {std::move(left), std::move(right)};
        left = std::move(sum);
      } else if (is_binary(now())) {
        while (is_binary(now())) ++at_;
        KMOD_TRY(operand());
        left = Expression{};
      } else if (take("if")) {
        KMOD_TRY(expression());
        KMOD_TRY(expect("else"));
        KMOD_TRY(expression());
        left = Expression{};
      } else {
        break;
      }
    }
    left.source = source_from(begin);
    left.line = line;
    if (left.kind == Kind::kOther) left.text = left.source;
    return left;
  }

  base::Result<Expression> operand() {
    const std::size_t begin = now().begin;
    const std::size_t line = now().line;
    while (is("-") || is("not")) ++at_;
    Expression value = KMOD_TRY(primary());
    value.source = source_from(begin);
    value.line = line;
    for (;;) {
      if (take(".")) {
        Expression dot{.kind = Kind::kDot, .text = now().text};
        ++at_;
        dot.items.push_back(std::move(value));
        value = std::move(dot);
      } else if (is("(")) {
        value = KMOD_TRY(call(std::move(value)));
      } else if (take("[")) {
        while (!take("]")) {
          if (!take(":")) KMOD_TRY(expression());
        }
        value = Expression{};
      } else {
        break;
      }
      value.source = source_from(begin);
      value.line = line;
    }
    return value;
  }

  base::Result<Expression> call(Expression function) {
    Expression call{.kind = Kind::kCall};
    call.items.push_back(std::move(function));
    ++at_;
    while (!take(")")) {
      if (is("*") || is("**")) ++at_;
      if (now().kind == Token::Kind::kName && next().kind == Token::Kind::kOperator &&
          next().text == "=") {
        const std::string name = now().text;
        at_ += 2;
        call.keywords.push_back(name);
        call.keyword_values.push_back(KMOD_TRY(expression()));
      } else {
        call.items.push_back(KMOD_TRY(expression()));
        if (is("for")) KMOD_TRY(skip_to(")"));
      }
      if (!take(",") && !is(")")) return wrong("an argument has no comma after it");
    }
    return call;
  }

  // Skips the rest of a comprehension up to its closing bracket.
  base::Status skip_to(std::string_view closing) {
    int depth = 0;
    for (; now().kind != Token::Kind::kEnd; ++at_) {
      if (now().kind != Token::Kind::kOperator) continue;
      if (depth == 0 && now().text == closing) return {};
      if (now().text == "(" || now().text == "[" || now().text == "{") ++depth;
      if (now().text == ")" || now().text == "]" || now().text == "}") --depth;
    }
    return wrong("a bracket is not closed");
  }

  base::Result<Expression> primary() {
    const Token& token = now();
    if (token.kind == Token::Kind::kString) {
      Expression value{.kind = Kind::kString};
      while (now().kind == Token::Kind::kString) value.text += tokens_.list[at_++].text;
      return value;
    }
    if (token.kind == Token::Kind::kName || token.kind == Token::Kind::kNumber) {
      ++at_;
      return Expression{.kind = token.kind == Token::Kind::kName ? Kind::kName : Kind::kNumber,
                        .text = token.text};
    }
    if (take("(")) return sequence(")");
    if (take("[")) return sequence("]");
    if (take("{")) return dictionary();
    return wrong(fmt::format("\"{}\" begins an expression", token.text));
  }

  base::Result<Expression> sequence(std::string_view closing) {
    Expression list{.kind = Kind::kList};
    bool comma = closing == "]";
    while (!take(closing)) {
      list.items.push_back(KMOD_TRY(expression()));
      if (is("for")) {
        KMOD_TRY(skip_to(closing));
        list = Expression{};
        comma = true;
        continue;
      }
      if (take(",")) {
        comma = true;
      } else if (!is(closing)) {
        return wrong("an element has no comma after it");
      }
    }
    // In parentheses, one element without a comma is only that element.
    if (!comma && list.items.size() == 1) {
      Expression only = std::move(list.items[0]);
      return only;
    }
    return list;
  }

  base::Result<Expression> dictionary() {
    Expression dict{.kind = Kind::kDict};
    while (!take("}")) {
      dict.items.push_back(KMOD_TRY(expression()));
      KMOD_TRY(expect(":"));
      dict.items.push_back(KMOD_TRY(expression()));
      if (is("for")) {
        KMOD_TRY(skip_to("}"));
        dict = Expression{};
        continue;
      }
      if (!take(",") && !is("}")) return wrong("an entry has no comma after it");
    }
    return dict;
  }

  std::string_view text_;
  Tokens tokens_;
  std::size_t at_ = 0;
  StarlarkFile file_;
};

}  // namespace

const Expression* Expression::keyword(std::string_view name) const {
  for (std::size_t i = 0; i < keywords.size(); ++i) {
    if (keywords[i] == name) return &keyword_values[i];
  }
  return nullptr;
}

base::Result<StarlarkFile> parse_starlark(const std::string& path, std::string_view text) {
  Tokens tokens = KMOD_TRY(lex_starlark(path, text));
  return Parser(path, text, std::move(tokens)).run();
}

}  // namespace kmod::reference
