// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// C functions that C++ calls for the static inline functions of the headers, and for macros that
// the project's table macro_functions.h declares.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_CALLS_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_CALLS_H_

#include <map>
#include <string>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/Preprocessor.h"
#include "kmod_rules/private/headers/translator/declarations.h"
#include "kmod_rules/private/headers/translator/header_errors.h"
#include "kmod_rules/private/headers/translator/header_files.h"
#include "kmod_rules/private/headers/translator/macro_aliases.h"
#include "kmod_rules/private/headers/translator/type_text.h"
#include "llvm/Support/raw_ostream.h"

namespace kmod::headers {

// A function of macro_functions.h is called so, and the name of the macro follows.
inline constexpr char kMacroFunction[] = "kmod_macro_";

// A C function, and the header that it needs.
struct Call {
  std::string header;
  std::string code;
};

struct Calls {
  InlineFunctions functions;
  std::map<std::string, Call> calls;  // by function
  // The table's functions, by macro.
  std::map<std::string, const clang::FunctionDecl*> macros;
  std::map<std::string, MacroAlias> aliases;  // those that can be called
};

// Has to run before names become those of C++.
[[nodiscard]] Calls find_calls(const clang::ASTContext& context, clang::Preprocessor& preprocessor,
                               const HeaderFiles& files, const TypeText& types,
                               const HeaderErrors& errors);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_CALLS_H_
