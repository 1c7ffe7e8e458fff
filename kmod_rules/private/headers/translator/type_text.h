// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Types and functions of the kernel's headers as text, which C and C++ both understand.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_TYPE_TEXT_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_TYPE_TEXT_H_

#include <functional>
#include <string>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Type.h"
#include "clang/Lex/Preprocessor.h"

namespace kmod::headers {

// Whether a name of C can have the character.
[[nodiscard]] bool is_name_character(char c);

// The keyword of a tag: "struct", "union" or "enum".
[[nodiscard]] const char* tag_keyword(const clang::TagDecl& tag);

class TypeText {
 public:
  TypeText(clang::ASTContext& context, clang::Preprocessor& preprocessor);

  // A declaration of `name` with the type: "int (*name)(void)". Attributes of tools that only read
  // the code are left out, and so are typeof and macros, which the text could not refer to.
  [[nodiscard]] std::string declare(clang::QualType type, const std::string& name) const;

  using ParameterName = std::function<std::string(const clang::ParmVarDecl&, unsigned index)>;

  // "int name(struct file *file)", with the names that `parameter_name` gives.
  [[nodiscard]] std::string signature(const clang::FunctionDecl& function, const std::string& name,
                                      const ParameterName& parameter_name) const;

 private:
  [[nodiscard]] bool names_macro(const std::string& text, const std::string& name) const;

  clang::ASTContext& context_;
  clang::Preprocessor& preprocessor_;
  clang::PrintingPolicy policy_;
};

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_TYPE_TEXT_H_
