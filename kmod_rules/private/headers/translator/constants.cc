// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/constants.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/IdentifierTable.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/TokenKinds.h"
#include "clang/Lex/MacroInfo.h"
#include "kmod_rules/private/headers/hosted_names.h"
#include "kmod_rules/private/headers/translated_files.h"
#include "kmod_rules/private/headers/translator/cxx_names.h"
#include "kmod_rules/private/headers/translator/macro_text.h"
#include "kmod_rules/private/headers/translator/source_places.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Casting.h"
#include "llvm/Support/raw_ostream.h"

namespace kmod::headers {
namespace {

// A longer text is a table.
constexpr unsigned kMostTokens = 300;

constexpr std::array kPlaces =
    std::to_array<llvm::StringRef>({"__COUNTER__", "__FILE__", "__INCLUDE_LEVEL__", "__LINE__"});

// Macros with arguments that stay macros.
constexpr std::array kMacrosWithArguments = std::to_array<llvm::StringRef>(
    {"KERNEL_VERSION", "_IO", "_IOC", "_IOC_TYPECHECK", "_IOR", "_IOW", "_IOWR"});

// These expand to where they stand, here in no file of the kernel.
bool is_place(const clang::Token& token) {
  const clang::IdentifierInfo* name = token.getIdentifierInfo();
  return name != nullptr && std::ranges::find(kPlaces, name->getName()) != kPlaces.end();
}

// Whether the text can stand between parentheses without harm to what follows it.
bool may_be_expression(const clang::MacroInfo& macro) {
  if (macro.isFunctionLike() || macro.isBuiltinMacro() || macro.getNumTokens() == 0 ||
      macro.getNumTokens() > kMostTokens) {
    return false;
  }
  int depth = 0;
  for (const clang::Token& token : macro.tokens()) {
    if (token.isOneOf(clang::tok::l_paren, clang::tok::l_square)) ++depth;
    if (token.isOneOf(clang::tok::r_paren, clang::tok::r_square) && --depth < 0) return false;
    if (is_place(token)) return false;
    if (token.isOneOf(clang::tok::semi, clang::tok::l_brace, clang::tok::r_brace, clang::tok::hash,
                      clang::tok::hashhash) ||
        token.isOneOf(clang::tok::kw_typedef, clang::tok::kw_static, clang::tok::kw_extern,
                      clang::tok::kw_inline, clang::tok::kw_if, clang::tok::kw_do,
                      clang::tok::kw_while, clang::tok::kw_for, clang::tok::kw_return,
                      clang::tok::kw_goto, clang::tok::kw_asm, clang::tok::kw___attribute,
                      clang::tok::kw_volatile, clang::tok::kw_register)) {
      return false;
    }
  }
  return depth == 0;
}

// Code asks for these with #if.
bool stays_macro(llvm::StringRef name) {
  return name.starts_with("CONFIG_") || name.starts_with("LINUX_VERSION_");
}

class ConstantPrinter {
 public:
  ConstantPrinter(clang::ASTContext& context, const TypeText& types)
      : context_(context), types_(types) {}

  // "constexpr int NAME = 1;", or an empty text.
  [[nodiscard]] std::string definition(const std::string& name, const clang::Expr& value) const {
    if (const auto* text = llvm::dyn_cast<clang::StringLiteral>(value.IgnoreParenImpCasts())) {
      return text->isOrdinary() ? "constexpr char " + name + "[] = " + literal(*text) + ";" : "";
    }
    clang::Expr::EvalResult result;
    if (!value.EvaluateAsRValue(result, context_) || result.HasSideEffects) return "";
    clang::QualType type = value.getType().getCanonicalType().getUnqualifiedType();
    if (result.Val.isInt()) {
      if (const auto* tag = llvm::dyn_cast_or_null<clang::EnumDecl>(type->getAsTagDecl())) {
        type = tag->getIntegerType().getCanonicalType();
      }
      if (context_.getTypeSize(type) > 64) return "";
      const std::string number = integer_literal(result.Val.getInt());
      if (stays_macro(name)) return "#define " + name + " " + number;
      return "constexpr " + types_.declare(type, name) + " = " + number + ";";
    }
    return address_definition(name, type, result.Val);
  }

 private:
  static std::string literal(const clang::StringLiteral& value) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    value.outputString(stream);
    return text;
  }

  // THIS_MODULE is the address of a variable.
  [[nodiscard]] std::string address_definition(const std::string& name, clang::QualType type,
                                               const clang::APValue& value) const {
    if (!type->isPointerType() || !value.isLValue() || !value.getLValueBase() ||
        !value.getLValueOffset().isZero()) {
      return "";
    }
    const auto* base = value.getLValueBase().dyn_cast<const clang::ValueDecl*>();
    const auto* variable = llvm::dyn_cast_or_null<clang::VarDecl>(base);
    if (variable == nullptr || !variable->hasExternalStorage() ||
        !context_.hasSameUnqualifiedType(variable->getType(), type->getPointeeType())) {
      return "";
    }
    return "constexpr " + types_.declare(context_.getConstType(type), name) + " = &" +
           variable->getName().str() + ";";
  }

  clang::ASTContext& context_;
  const TypeText& types_;
};

}  // namespace

std::vector<std::string> find_constant_candidates(clang::Preprocessor& preprocessor) {
  const clang::SourceManager& sources = preprocessor.getSourceManager();
  std::vector<std::string> names;
  for (auto macro = preprocessor.macro_begin(); macro != preprocessor.macro_end(); ++macro) {
    const clang::MacroInfo* info = preprocessor.getMacroInfo(macro->first);
    if (info != nullptr && is_of_header(info->getDefinitionLoc(), sources) &&
        may_be_expression(*info)) {
      names.push_back(macro->first->getName().str());
    }
  }
  std::ranges::sort(names);
  return names;
}

unsigned translate_constants(
    clang::ASTContext& context, clang::Preprocessor& preprocessor, const DeclaredNames& names,
    const TypeText& types,
    const std::function<void(clang::SourceLocation place, std::string text)>& add) {
  const ConstantPrinter printer(context, types);
  unsigned count = 0;
  for (const clang::Decl* declaration : context.getTranslationUnitDecl()->decls()) {
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration);
    if (variable == nullptr || variable->getInit() == nullptr || variable->isInvalidDecl())
      continue;
    llvm::StringRef name = variable->getName();
    if (!name.consume_front(kCandidateVariable) || variable->getInit()->containsErrors()) continue;
    if (names.ordinary.contains(name.str()) || is_cxx_keyword(name)) continue;
    const clang::MacroInfo* macro = preprocessor.getMacroInfo(&context.Idents.get(name));
    if (macro == nullptr) continue;
    const std::string text = printer.definition(declared_name(name), *variable->getInit());
    if (text.empty()) continue;
    // The standard library's own macro of the name, such as INT_MAX, may be there already.
    add(macro->getDefinitionLoc(), "#ifndef " + name.str() + "\n" + text + "\n#endif\n");
    ++count;
  }
  return count;
}

void translate_macros_with_arguments(
    clang::Preprocessor& preprocessor,
    const std::function<void(clang::SourceLocation place, std::string text)>& add) {
  for (llvm::StringRef name : kMacrosWithArguments) {
    const clang::MacroInfo* macro = preprocessor.getMacroInfo(preprocessor.getIdentifierInfo(name));
    if (macro == nullptr || !macro->isFunctionLike()) continue;
    add(macro->getDefinitionLoc(),
        macro_definition(name, *macro, macro_body(*macro, preprocessor)));
  }
}

}  // namespace kmod::headers
