// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Variables that each processor has one of. The address of such a variable is none in C++, which
// gets an object of that name instead: per_cpu(NAME, cpu) and this_cpu_ptr(&NAME) take it.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_PER_CPU_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_PER_CPU_H_

#include <functional>
#include <string>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceLocation.h"
#include "clang/Lex/Preprocessor.h"
#include "kmod_rules/private/headers/translator/type_text.h"

namespace kmod::headers {

[[nodiscard]] bool is_per_cpu(const clang::VarDecl& variable);

// The name behind call_symbol() of the function that finds the variable.
[[nodiscard]] std::string per_cpu_function(const std::string& variable);

// That function in C: the variable of a processor, or of the current one for a negative number.
[[nodiscard]] std::string per_cpu_code(const clang::VarDecl& variable, const TypeText& types,
                                       const clang::ASTContext& context);

// The declaration for C++, which ends in a newline.
[[nodiscard]] std::string per_cpu_declaration(const clang::VarDecl& variable, const TypeText& types,
                                              const clang::ASTContext& context);

// Calls `add` with the templates that the declarations need, at the macro DECLARE_PER_CPU, which
// every header with such a variable has.
void add_per_cpu_templates(
    clang::Preprocessor& preprocessor,
    const std::function<void(clang::SourceLocation place, std::string text)>& add);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_PER_CPU_H_
