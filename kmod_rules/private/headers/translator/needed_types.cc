// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/needed_types.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Type.h"
#include "llvm/Support/Casting.h"

namespace kmod::headers {
namespace {

class NeededTypes {
 public:
  NeededTypes(const clang::ASTContext& context,
              const std::function<void(const clang::Decl& needed)>& add)
      : context_(context), add_(add) {}

  void find(const clang::Decl& declaration) const {
    if (const auto* record = llvm::dyn_cast<clang::RecordDecl>(&declaration)) {
      if (record->isCompleteDefinition()) find_members(*record);
    } else if (const auto* type = llvm::dyn_cast<clang::TypedefNameDecl>(&declaration)) {
      find(type->getUnderlyingType(), false);
    } else if (const auto* value = llvm::dyn_cast<clang::ValueDecl>(&declaration)) {
      find(value->getType(), false);
    }
  }

 private:
  void find_members(const clang::RecordDecl& record) const {
    for (const clang::Decl* inner : record.decls()) {
      if (const auto* nested = llvm::dyn_cast<clang::RecordDecl>(inner)) {
        if (nested->isCompleteDefinition()) find_members(*nested);
      } else if (const auto* member = llvm::dyn_cast<clang::FieldDecl>(inner)) {
        find(member->getType(), true);
      }
    }
  }

  void find(clang::QualType type, bool complete) const {
    if (const auto* alias = llvm::dyn_cast<clang::TypedefType>(type.getTypePtr())) {
      add_(*alias->getDecl());
      // Its own header needs the rest, except for a complete type.
      if (complete) find(alias->desugar(), true);
    } else if (const auto* pointer = llvm::dyn_cast<clang::PointerType>(type.getTypePtr())) {
      find(pointer->getPointeeType(), false);
    } else if (const auto* array = llvm::dyn_cast<clang::ArrayType>(type.getTypePtr())) {
      find(array->getElementType(), true);
    } else if (const auto* function = llvm::dyn_cast<clang::FunctionProtoType>(type.getTypePtr())) {
      find(function->getReturnType(), false);
      for (const clang::QualType parameter : function->param_types()) find(parameter, false);
    } else if (const auto* record = llvm::dyn_cast<clang::RecordType>(type.getTypePtr())) {
      const clang::RecordDecl* definition = record->getDecl()->getDefinition();
      if (complete && definition != nullptr) add_(*definition);
    } else if (const clang::QualType inner = type.getSingleStepDesugaredType(context_);
               inner.getTypePtr() != type.getTypePtr()) {
      find(inner, complete);
    }
  }

  const clang::ASTContext& context_;
  const std::function<void(const clang::Decl& needed)>& add_;
};

}  // namespace

void find_needed_types(const clang::ASTContext& context, const clang::Decl& declaration,
                       const std::function<void(const clang::Decl& needed)>& add) {
  NeededTypes(context, add).find(declaration);
}

}  // namespace kmod::headers
