// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Prints the body of a pure function of C (see pure_inlines.h) as C++ that means the same.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_CXX_BODY_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_CXX_BODY_H_

#include <set>
#include <string>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "kmod_rules/private/headers/translator/type_text.h"

namespace kmod::headers {

struct CxxBody {
  std::string text;  // "{ … }", in one line
  // Declarations of the translation unit that have to come before it: records whose members it
  // uses, and functions that it calls.
  std::set<const clang::Decl*> needed;
  std::set<const clang::RecordDecl*> named;  // records that it names in types
};

// The names are those that rename_for_cxx() has given.
[[nodiscard]] CxxBody print_cxx_body(const clang::FunctionDecl& function,
                                     const clang::ASTContext& context, const TypeText& types);

// The declaration of the translation unit that contains the tag or is the tag.
[[nodiscard]] const clang::Decl* outermost_declaration(const clang::Decl& declaration);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_CXX_BODY_H_
