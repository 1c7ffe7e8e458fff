// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Macros that are constants: GFP_KERNEL, PAGE_SIZE, _IOW(…).
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_CONSTANTS_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_CONSTANTS_H_

#include <functional>
#include <string>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceLocation.h"
#include "clang/Lex/Preprocessor.h"
#include "kmod_rules/private/headers/translator/declarations.h"
#include "kmod_rules/private/headers/translator/type_text.h"

namespace kmod::headers {

// The macros whose text could be an expression, sorted.
[[nodiscard]] std::vector<std::string> find_constant_candidates(clang::Preprocessor& preprocessor);

// Calls `add` with the definition of each macro that is a constant, in C++, by the variables of
// kCandidateVariable. Returns their number.
unsigned translate_constants(
    clang::ASTContext& context, clang::Preprocessor& preprocessor, const DeclaredNames& names,
    const TypeText& types,
    const std::function<void(clang::SourceLocation place, std::string text)>& add);

// Calls `add` with the definition of each macro with arguments that C++ code needs as it is,
// because it stands in constants: _IOW(…) and KERNEL_VERSION(…).
void translate_macros_with_arguments(
    clang::Preprocessor& preprocessor,
    const std::function<void(clang::SourceLocation place, std::string text)>& add);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_CONSTANTS_H_
