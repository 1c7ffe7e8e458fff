// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A plugin for clang-tidy that limits its checks to this project's declarations. clang-tidy
// discards findings in third-party headers anyway, which hold 99 % of the declarations of a file
// that includes <string> and <algorithm>: a file takes 0.6 s instead of 3.1 s.
//
// The static analyzer skips such headers by itself. clangd sets the same scope to check only the
// open file.

#include <memory>
#include <string>
#include <vector>

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "llvm/ADT/StringRef.h"

namespace kmod::lint {
namespace {

class OwnCodeScope : public clang::ASTConsumer {
 public:
  // Runs when the whole file is parsed, before clang-tidy's own consumer.
  void HandleTranslationUnit(clang::ASTContext& context) override {
    const clang::SourceManager& sources = context.getSourceManager();
    std::vector<clang::Decl*> own;
    for (clang::Decl* declaration : context.getTranslationUnitDecl()->decls()) {
      if (!sources.isInSystemHeader(declaration->getLocation())) own.push_back(declaration);
    }
    context.setTraversalScope(own);
  }
};

class OwnCodeScopeAction : public clang::PluginASTAction {
 protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& /*compiler*/,
                                                        llvm::StringRef /*file*/) override {
    return std::make_unique<OwnCodeScope>();
  }

  bool ParseArgs(const clang::CompilerInstance& /*compiler*/,
                 const std::vector<std::string>& /*arguments*/) override {
    return true;
  }

  // Runs without a command-line option, because clang-tidy strips the options that name plugins.
  ActionType getActionType() override { return AddBeforeMainAction; }
};

const clang::FrontendPluginRegistry::Add<OwnCodeScopeAction> registration(
    "own-code-scope", "limits checks to declarations outside of system headers");

}  // namespace
}  // namespace kmod::lint
