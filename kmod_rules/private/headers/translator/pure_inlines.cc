// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/pure_inlines.h"

#include <utility>

#include "clang/AST/Decl.h"
#include "kmod_rules/private/headers/translator/inline_examiner.h"
#include "llvm/Support/Casting.h"

namespace kmod::headers {

PureInlines find_pure_inlines(const clang::ASTContext& context,
                              const std::set<std::string>& callable) {
  PureInlines result;
  InlineExaminer examiner(context, callable);
  for (const clang::Decl* declaration : context.getTranslationUnitDecl()->decls()) {
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(declaration);
    if (function == nullptr || !function->isThisDeclarationADefinition() ||
        function->getStorageClass() != clang::SC_Static ||
        !callable.contains(function->getName().str())) {
      continue;
    }
    if (const char* reason = examiner.examine(*function)) ++result.calls[reason];
  }
  result.functions = std::move(examiner.functions);
  return result;
}

}  // namespace kmod::headers
