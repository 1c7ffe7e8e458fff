// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/type_text.h"

#include <cctype>
#include <string>
#include <string_view>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Type.h"
#include "clang/Basic/IdentifierTable.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/Casting.h"
#include "llvm/Support/raw_ostream.h"

namespace kmod::headers {
namespace {

// Attributes for readers of the code: __user and its like.
void drop_tags(std::string& text) {
  constexpr std::string_view kBegin = "__attribute__((btf_type_tag(";
  constexpr std::string_view kEnd = ")))";
  for (std::size_t at = text.find(kBegin); at != std::string::npos; at = text.find(kBegin)) {
    const std::size_t end = text.find(kEnd, at);
    if (end == std::string::npos) return;
    const std::size_t begin = at > 0 && text[at - 1] == ' ' ? at - 1 : at;
    text.erase(begin, end + kEnd.size() - begin);
  }
}

// Attributes that Clang prints as the macros of the kernel, with which C++ can do nothing.
bool prints_attribute(std::string_view text) {
  return text.contains("__counted_by") || text.starts_with("notrace ");
}

void rename_bool(std::string& text) {
  for (std::size_t at = text.find("_Bool"); at != std::string::npos; at = text.find("_Bool")) {
    text.replace(at, 5, "bool");
  }
}

// C's `char a[static 4]` as a parameter.
bool is_static_array(clang::QualType type) {
  const auto* array = llvm::dyn_cast<clang::ArrayType>(type.getTypePtr());
  return array != nullptr && array->getSizeModifier() == clang::ArraySizeModifier::Static;
}

}  // namespace

bool is_name_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

const char* tag_keyword(const clang::TagDecl& tag) {
  if (tag.isEnum()) return "enum";
  return tag.isUnion() ? "union" : "struct";
}

TypeText::TypeText(clang::ASTContext& context, clang::Preprocessor& preprocessor)
    : context_(context), preprocessor_(preprocessor), policy_(context.getLangOpts()) {
  policy_.Bool = true;
  policy_.Restrict = false;
  policy_.AnonymousTagLocations = false;
}

bool TypeText::names_macro(const std::string& text, const std::string& name) const {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_name_character(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_name_character(text[end])) ++end;
    const std::string word = text.substr(at, end - at);
    at = end;
    // Only reserved names are used in front of a type.
    if (word == name || !word.starts_with("__") || word == "__attribute__") continue;
    const clang::MacroInfo* macro = preprocessor_.getMacroInfo(&context_.Idents.get(word));
    if (macro != nullptr && macro->isObjectLike() && macro->getNumTokens() != 0 &&
        !macro->isBuiltinMacro()) {
      return true;
    }
  }
  return false;
}

std::string TypeText::declare(clang::QualType type, const std::string& name) const {
  const auto print = [&](clang::QualType printed) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    clang::PrintingPolicy policy = policy_;
    // A record without a name in another one has no written scope, and is of the scope around both.
    policy.SuppressScope = printed.isCanonical();
    printed.print(stream, policy, name);
    return text;
  };
  std::string text = print(type);
  if (text.contains("typeof") || prints_attribute(text) || names_macro(text, name)) {
    text = print(type.getCanonicalType());
  }
  drop_tags(text);
  rename_bool(text);
  return text;
}

std::string TypeText::signature(const clang::FunctionDecl& function, const std::string& name,
                                const ParameterName& parameter_name) const {
  std::string parameters;
  unsigned index = 0;
  for (const clang::ParmVarDecl* parameter : function.parameters()) {
    if (!parameters.empty()) parameters += ", ";
    clang::QualType type = parameter->getOriginalType();
    if (is_static_array(type)) type = parameter->getType();
    parameters += declare(type, parameter_name(*parameter, index++));
  }
  if (function.isVariadic()) parameters += parameters.empty() ? "..." : ", ...";
  if (parameters.empty()) parameters = "void";
  return declare(function.getReturnType(), name + "(" + parameters + ")");
}

}  // namespace kmod::headers
