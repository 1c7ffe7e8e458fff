// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Assertions about the layout of records, for the kernel's compiler and for the C++ compiler.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_LAYOUT_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_LAYOUT_H_

#include <functional>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "llvm/Support/raw_ostream.h"

namespace kmod::headers {

// Writes an assertion for the size and alignment of each record with a name that `wanted` accepts,
// and for the offset of each of its members that is not a bit field. Names are those that the
// declarations have at the time. `keyword` is _Static_assert or static_assert. Removes macros that
// have the name of a member, for which `is_macro` returns true.
void write_layout(clang::ASTContext& context, const char* keyword,
                  const std::function<bool(const clang::RecordDecl&)>& wanted,
                  const std::function<bool(const clang::IdentifierInfo&)>& is_macro,
                  llvm::raw_ostream& output);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_LAYOUT_H_
