// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Macros of the kernel that C++ does not have, and what takes their place: code that uses one is
// told what to use.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_REPLACED_MACROS_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_REPLACED_MACROS_H_

#include <functional>
#include <string>

#include "clang/Basic/SourceLocation.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/StringRef.h"

namespace kmod::headers {

// Calls `add` with the place of each such macro that the kernel has, and with what C++ gets there:
// a declaration or a macro whose use is an error that names the replacement.
void explain_replaced_macros(
    clang::Preprocessor& preprocessor,
    const std::function<void(clang::SourceLocation place, std::string text)>& add);

// Whether the macro is one of those.
[[nodiscard]] bool is_replaced_macro(llvm::StringRef name);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_REPLACED_MACROS_H_
