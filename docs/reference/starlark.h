// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads the part of Starlark that declares rules: loads, constants, functions with docstrings, and
// calls.
#ifndef DOCS_REFERENCE_STARLARK_H_
#define DOCS_REFERENCE_STARLARK_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::reference {

struct Expression {
  enum class Kind : std::uint8_t {
    kString,  // text: its value
    kNumber,  // text: as written
    kName,    // text: the name
    kDot,     // items[0] . text
    kCall,    // items[0] is called with the other items and the keyword arguments
    kList,    // items; tuples too
    kDict,    // items: keys and values in turn
    kAdd,     // items[0] + items[1]
    kOther,   // anything else, such as a comprehension; text: as written
  };

  Kind kind = Kind::kOther;
  std::string text = {};
  std::vector<Expression> items = {};
  // Of a call: the names of its keyword arguments, and their values.
  std::vector<std::string> keywords = {};
  std::vector<Expression> keyword_values = {};
  std::string source = {};  // as written, white space folded
  std::size_t line = 0;

  // The value of a keyword argument, or null.
  [[nodiscard]] const Expression* keyword(std::string_view name) const;
};

// A function's parameter; `default_value` is as written, empty if there is none.
struct Parameter {
  std::string name;  // with its stars
  std::string default_value;
};

struct Function {
  std::vector<Parameter> parameters;
  std::string doc;  // the docstring, empty if there is none
  std::size_t line = 0;
};

// A call that stands alone, such as a target in a BUILD file, with the comment above it.
struct Call {
  Expression expression;
  std::string comment;
};

struct StarlarkFile {
  std::string path;  // from the workspace's root
  std::string doc;
  // Local names of loaded symbols, to the label of the file and the name there.
  std::map<std::string, std::pair<std::string, std::string>> loads;
  std::map<std::string, Expression> constants;
  std::vector<std::string> constant_order;
  std::map<std::string, Function> functions;
  std::vector<Call> calls;
};

// Errors: text that is not in this part of Starlark, by path and line.
[[nodiscard]] base::Result<StarlarkFile> parse_starlark(const std::string& path,
                                                        std::string_view text);

}  // namespace kmod::reference

#endif  // DOCS_REFERENCE_STARLARK_H_
