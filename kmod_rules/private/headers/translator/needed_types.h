// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Which declarations C++ has to read before another one.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_NEEDED_TYPES_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_NEEDED_TYPES_H_

#include <functional>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"

namespace kmod::headers {

// Calls `add` for each typedef that a declaration names, and for each record that it needs
// complete. A structure behind a pointer, and an enumeration, are declared where they are named.
void find_needed_types(const clang::ASTContext& context, const clang::Decl& declaration,
                       const std::function<void(const clang::Decl& needed)>& add);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_NEEDED_TYPES_H_
