// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Macros that are another name of a function: `#define kmalloc(...)
// alloc_hooks(kmalloc_noprof(__VA_ARGS__))`, which kernels since 6.10 have for every function that
// allocates, `#define put_cpu(n) f(n)` and `#define name f`. C++ gets a function of that name with
// the other one's parameters.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_MACRO_ALIASES_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_MACRO_ALIASES_H_

#include <map>
#include <string>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceLocation.h"
#include "clang/Lex/Preprocessor.h"

namespace kmod::headers {

struct MacroAlias {
  const clang::FunctionDecl* function;
  clang::SourceLocation place;  // where both the macro and the function are known
};

// By the macro's name. A macro whose name is also declared as something else is none.
[[nodiscard]] std::map<std::string, MacroAlias> find_macro_aliases(
    const clang::ASTContext& context, clang::Preprocessor& preprocessor);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_MACRO_ALIASES_H_
