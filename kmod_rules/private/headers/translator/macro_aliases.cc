// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/macro_aliases.h"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "clang/AST/Decl.h"
#include "clang/Basic/IdentifierTable.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/TokenKinds.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/Token.h"
#include "kmod_rules/private/headers/translator/cxx_names.h"
#include "kmod_rules/private/headers/translator/macro_text.h"
#include "kmod_rules/private/headers/translator/source_places.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Casting.h"

namespace kmod::headers {
namespace {

using Tokens = llvm::ArrayRef<clang::Token>;

// The wrapper that counts allocations by place.
constexpr llvm::StringLiteral kHooks = "alloc_hooks";

// "X" of "(X)" or of "alloc_hooks(X)".
Tokens without_wrapper(Tokens tokens) {
  while (tokens.size() > 2 && tokens.back().is(clang::tok::r_paren) &&
         (tokens.front().is(clang::tok::l_paren) || is_name(tokens.front(), kHooks))) {
    const std::size_t prefix = tokens.front().is(clang::tok::l_paren) ? 1 : 2;
    tokens = tokens.slice(prefix, tokens.size() - prefix - 1);
  }
  return tokens;
}

// Whether the tokens are the macro's own arguments, in their order. One between parentheses is the
// same.
bool are_arguments(Tokens tokens, const clang::MacroInfo& macro) {
  const auto take = [&tokens](clang::tok::TokenKind kind) {
    if (tokens.empty() || tokens.front().isNot(kind)) return false;
    tokens = tokens.drop_front();
    return true;
  };
  bool first = true;
  for (const clang::IdentifierInfo* parameter : macro.params()) {
    if (!first && !take(clang::tok::comma)) return false;
    first = false;
    const bool in_parentheses = take(clang::tok::l_paren);
    if (tokens.empty() || !is_name(tokens.front(), parameter->getName())) return false;
    tokens = tokens.drop_front();
    if (in_parentheses && !take(clang::tok::r_paren)) return false;
  }
  return tokens.empty();
}

// The name of the function that the macro stands for; empty if it does more.
llvm::StringRef aliased_name(const clang::MacroInfo& macro) {
  const Tokens tokens = without_wrapper(macro.tokens());
  if (tokens.empty() || tokens.front().isNot(clang::tok::identifier)) return {};
  const llvm::StringRef name = tokens.front().getIdentifierInfo()->getName();
  if (!macro.isFunctionLike()) return tokens.size() == 1 ? name : llvm::StringRef();
  if (tokens.size() < 3 || tokens[1].isNot(clang::tok::l_paren) ||
      tokens.back().isNot(clang::tok::r_paren)) {
    return {};
  }
  return are_arguments(tokens.slice(2, tokens.size() - 3), macro) ? name : llvm::StringRef();
}

}  // namespace

std::map<std::string, MacroAlias> find_macro_aliases(const clang::ASTContext& context,
                                                     clang::Preprocessor& preprocessor) {
  const clang::SourceManager& sources = preprocessor.getSourceManager();
  std::unordered_map<std::string, const clang::FunctionDecl*> functions;
  std::unordered_set<std::string> declared;
  for (const clang::Decl* declaration : context.getTranslationUnitDecl()->decls()) {
    const auto* named = llvm::dyn_cast<clang::NamedDecl>(declaration);
    if (named == nullptr || named->getIdentifier() == nullptr) continue;
    declared.insert(named->getName().str());
    if (const auto* enumeration = llvm::dyn_cast<clang::EnumDecl>(declaration)) {
      for (const auto* constant : enumeration->enumerators()) {
        declared.insert(constant->getName().str());
      }
    }
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(declaration);
    if (function != nullptr && is_of_header(function->getLocation(), sources)) {
      functions.emplace(function->getName().str(), function);
    }
  }
  std::map<std::string, MacroAlias> aliases;
  for (auto entry = preprocessor.macro_begin(); entry != preprocessor.macro_end(); ++entry) {
    const clang::MacroInfo* macro = preprocessor.getMacroInfo(entry->first);
    if (macro == nullptr || !is_of_header(macro->getDefinitionLoc(), sources)) continue;
    const auto function = functions.find(aliased_name(*macro).str());
    if (function == functions.end()) continue;
    const std::string name = entry->first->getName().str();
    if (declared.contains(name) || is_cxx_keyword(name) || is_refused_c_function(name)) continue;
    // In C, the macro may come before the function, because it is expanded later.
    clang::SourceLocation place = macro->getDefinitionLoc();
    const clang::SourceLocation known = function->second->getLocation();
    if (sources.isBeforeInTranslationUnit(place, known)) place = sources.getExpansionLoc(known);
    aliases.emplace(name, MacroAlias{.function = function->second, .place = place});
  }
  return aliases;
}

}  // namespace kmod::headers
