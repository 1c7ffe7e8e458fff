// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A plugin of clang-tidy: its checks look at this project's declarations, and no longer at those of
// the headers of others, where all that they find is thrown away. Of a file that includes <string>
// and <algorithm>, these are 99 % of the declarations: 3.1 s become 0.6 s.
//
// The static analyzer has a way of its own to pass over such headers and is not concerned. clangd
// sets the same scope to check the open file alone.

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
  // Called with the whole file parsed, before clang-tidy's own consumer is.
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

  // Runs without being named on a command line, of which clang-tidy strips what names plugins.
  ActionType getActionType() override { return AddBeforeMainAction; }
};

const clang::FrontendPluginRegistry::Add<OwnCodeScopeAction> registration(
    "own-code-scope", "limits checks to declarations outside of system headers");

}  // namespace
}  // namespace kmod::lint
