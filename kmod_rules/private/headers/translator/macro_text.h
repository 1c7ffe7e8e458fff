// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Macros of C as text, for those that stay macros in C++.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_MACRO_TEXT_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_MACRO_TEXT_H_

#include <map>
#include <string>

#include "clang/Basic/IdentifierTable.h"
#include "clang/Basic/TokenKinds.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/Token.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace kmod::headers {

[[nodiscard]] inline bool is_name(const clang::Token& token, llvm::StringRef name) {
  return token.is(clang::tok::identifier) && token.getIdentifierInfo()->getName() == name;
}

[[nodiscard]] inline std::string token_text(llvm::ArrayRef<clang::Token> tokens,
                                            const clang::Preprocessor& preprocessor) {
  std::string text;
  for (const clang::Token& token : tokens) {
    if (token.hasLeadingSpace() && !text.empty()) text += ' ';
    text += preprocessor.getSpelling(token);
  }
  return text;
}

// What a function-like macro expands to.
[[nodiscard]] inline std::string macro_body(const clang::MacroInfo& macro,
                                            const clang::Preprocessor& preprocessor) {
  return token_text(macro.tokens(), preprocessor);
}

// Defines a function-like macro with the arguments of `macro`.
[[nodiscard]] inline std::string macro_definition(llvm::StringRef name,
                                                  const clang::MacroInfo& macro,
                                                  const std::string& body) {
  std::string parameters;
  for (const clang::IdentifierInfo* parameter : macro.params()) {
    if (!parameters.empty()) parameters += ", ";
    parameters += parameter->getName();
  }
  return "#undef " + name.str() + "\n#define " + name.str() + "(" + parameters + ") " + body + "\n";
}

// The macros by name: the preprocessor has them in an order of its own.
[[nodiscard]] inline std::map<std::string, const clang::MacroInfo*> sorted_macros(
    clang::Preprocessor& preprocessor) {
  std::map<std::string, const clang::MacroInfo*> macros;
  for (auto entry = preprocessor.macro_begin(); entry != preprocessor.macro_end(); ++entry) {
    if (const clang::MacroInfo* macro = preprocessor.getMacroInfo(entry->first)) {
      macros.emplace(entry->first->getName().str(), macro);
    }
  }
  return macros;
}

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_MACRO_TEXT_H_
