// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Which names the kernel's headers declare, and what they become in C++.
#include <string>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Type.h"
#include "clang/Basic/IdentifierTable.h"
#include "kmod_rules/private/headers/hosted_names.h"
#include "kmod_rules/private/headers/translator/cxx_names.h"
#include "kmod_rules/private/headers/translator/declarations.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Casting.h"

namespace kmod::headers {
namespace {

void add_enum(const clang::EnumDecl& declaration, DeclaredNames& names) {
  if (declaration.getIdentifier() != nullptr) {
    const std::string name = declaration.getName().str();
    names.tags.insert(name);
    const clang::EnumDecl*& known = names.enums[name];
    if (known == nullptr || declaration.isCompleteDefinition()) known = &declaration;
  }
  for (const clang::EnumConstantDecl* constant : declaration.enumerators()) {
    names.ordinary.insert(constant->getName().str());
  }
}

// C has the tags in a record in the scope around it.
void add_record(const clang::RecordDecl& record, DeclaredNames& names) {
  if (record.getIdentifier() != nullptr) names.tags.insert(record.getName().str());
  for (const clang::Decl* inner : record.decls()) {
    if (const auto* enumeration = llvm::dyn_cast<clang::EnumDecl>(inner)) {
      add_enum(*enumeration, names);
    } else if (const auto* nested = llvm::dyn_cast<clang::RecordDecl>(inner)) {
      add_record(*nested, names);
    }
  }
}

class Renamer {
 public:
  Renamer(clang::ASTContext& context, DeclaredNames& names) : context_(context), names_(names) {}

  void run() {
    for (clang::Decl* declaration : context_.getTranslationUnitDecl()->decls()) {
      if (auto* tag = llvm::dyn_cast<clang::TagDecl>(declaration)) rename_if_typedef(*tag);
    }
    for (clang::Decl* declaration : context_.getTranslationUnitDecl()->decls()) {
      if (auto* record = llvm::dyn_cast<clang::RecordDecl>(declaration)) {
        fix_keyword(*record);
        rename_members(*record, record->getIdentifier() != nullptr ? record->getName().str() : "");
      } else if (auto* enumeration = llvm::dyn_cast<clang::EnumDecl>(declaration)) {
        rename_enumerators(*enumeration);
      } else if (auto* type = llvm::dyn_cast<clang::TypedefNameDecl>(declaration)) {
        name_by_typedef(*type);
      } else if (auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration)) {
        name_tag(variable->getType(), variable->getName().str() + "__type");
      } else if (auto* function = llvm::dyn_cast<clang::FunctionDecl>(declaration)) {
        for (clang::ParmVarDecl* parameter : function->parameters()) fix_keyword(*parameter);
      }
    }
    rename_hosted(*context_.getTranslationUnitDecl());
  }

 private:
  void set_name(clang::NamedDecl& declaration, const std::string& name) {
    declaration.setDeclName(clang::DeclarationName(&context_.Idents.get(name)));
  }

  void fix_keyword(clang::NamedDecl& declaration) {
    if (declaration.getIdentifier() != nullptr && is_cxx_keyword(declaration.getName())) {
      set_name(declaration, declaration.getName().str() + "_");
    }
  }

  // Types and enumerators; the printer knows the names of functions and variables.
  void rename_hosted(clang::DeclContext& scope) {
    for (clang::Decl* declaration : scope.decls()) {
      auto* named = llvm::dyn_cast<clang::NamedDecl>(declaration);
      if (named == nullptr || named->getIdentifier() == nullptr) {
        // Goes on inside.
      } else if (llvm::isa<clang::FieldDecl>(named)) {
        set_name_once(*named, declared_member(named->getName()));
      } else if (llvm::isa<clang::TagDecl, clang::TypedefNameDecl, clang::EnumConstantDecl>(
                     named)) {
        set_name_once(*named, declared_name(named->getName()));
      }
      if (auto* tag = llvm::dyn_cast<clang::TagDecl>(declaration)) rename_hosted(*tag);
    }
  }

  void set_name_once(clang::NamedDecl& declaration, const std::string& name) {
    if (name != declaration.getName()) set_name(declaration, name);
  }

  // C++ has tags and typedefs in one scope.
  void rename_if_typedef(clang::TagDecl& tag) {
    if (tag.getIdentifier() == nullptr) return;
    const auto type = names_.typedefs.find(tag.getName().str());
    if (type == names_.typedefs.end()) return;
    const clang::TagDecl* named = type->second->getUnderlyingType()->getAsTagDecl();
    if (named == nullptr || named->getCanonicalDecl() != tag.getCanonicalDecl()) {
      set_name(tag, tag.getName().str() + "_tag");
    }
  }

  void rename_enumerators(clang::EnumDecl& declaration) {
    fix_keyword(declaration);
    for (clang::EnumConstantDecl* constant : declaration.enumerators()) fix_keyword(*constant);
  }

  // The tag without any name that a declarator names a part of.
  static clang::TagDecl* unnamed_tag(clang::QualType type) {
    const clang::Type* part = type.getTypePtr();
    for (;;) {
      if (const auto* array = part->getAsArrayTypeUnsafe()) {
        part = array->getElementType().getTypePtr();
      } else if (const auto* pointer = part->getAs<clang::PointerType>()) {
        part = pointer->getPointeeType().getTypePtr();
      } else {
        break;
      }
    }
    if (part->getAs<clang::TypedefType>() != nullptr) return nullptr;
    clang::TagDecl* tag = part->getAsTagDecl();
    const bool unnamed = tag != nullptr && tag->getIdentifier() == nullptr &&
                         tag->getTypedefNameForAnonDecl() == nullptr;
    return unnamed ? tag : nullptr;
  }

  void name_tag(clang::QualType type, std::string name) {
    auto* record = llvm::dyn_cast_or_null<clang::RecordDecl>(unnamed_tag(type));
    if (record == nullptr) return;
    while (!names_.tags.insert(name).second) name += "_";
    set_name(*record, name);
    rename_members(*record, name);
  }

  void name_by_typedef(clang::TypedefNameDecl& type) {
    const clang::QualType underlying = type.getUnderlyingType();
    auto* record = llvm::dyn_cast_or_null<clang::RecordDecl>(underlying->getAsTagDecl());
    if (record == nullptr || record->getIdentifier() != nullptr ||
        record->getTypedefNameForAnonDecl() != &type) {
      name_tag(underlying, type.getName().str() + "_s");
      return;
    }
    std::string name = type.getName().str();
    if (names_.tags.contains(name)) name += "_s";
    set_name(*record, name);
    rename_members(*record, name);
  }

  void rename_members(clang::RecordDecl& record, const std::string& prefix) {
    for (clang::Decl* inner : record.decls()) {
      if (auto* enumeration = llvm::dyn_cast<clang::EnumDecl>(inner)) {
        rename_enumerators(*enumeration);
      } else if (auto* nested = llvm::dyn_cast<clang::RecordDecl>(inner)) {
        if (nested->getIdentifier() != nullptr) {
          fix_keyword(*nested);
          rename_members(*nested, nested->getName().str());
        } else if (nested->isAnonymousStructOrUnion()) {
          rename_members(*nested, prefix);
        }
      } else if (auto* field = llvm::dyn_cast<clang::FieldDecl>(inner)) {
        fix_keyword(*field);
        if (!field->isAnonymousStructOrUnion()) {
          name_tag(field->getType(), prefix + "__" + field->getName().str());
        }
      }
    }
    if (record.getIdentifier() != nullptr) rename_namesakes(record, record.getName());
  }

  // C++ does not allow a member of an anonymous union to have the name of the record around it.
  void rename_namesakes(clang::RecordDecl& record, llvm::StringRef name) {
    for (clang::FieldDecl* field : record.fields()) {
      if (!field->isAnonymousStructOrUnion()) continue;
      clang::RecordDecl* inner = field->getType()->getAsRecordDecl();
      for (clang::FieldDecl* member : inner->fields()) {
        if (member->getIdentifier() != nullptr && member->getName() == name) {
          set_name(*member, name.str() + "_");
        }
      }
      rename_namesakes(*inner, name);
    }
  }

  clang::ASTContext& context_;
  DeclaredNames& names_;
};

}  // namespace

DeclaredNames find_declared_names(const clang::TranslationUnitDecl& unit) {
  DeclaredNames names;
  for (const clang::Decl* declaration : unit.decls()) {
    if (const auto* enumeration = llvm::dyn_cast<clang::EnumDecl>(declaration)) {
      add_enum(*enumeration, names);
    } else if (const auto* record = llvm::dyn_cast<clang::RecordDecl>(declaration)) {
      add_record(*record, names);
    } else if (llvm::isa<clang::FunctionDecl, clang::VarDecl, clang::TypedefNameDecl>(
                   declaration)) {
      const std::string name = llvm::cast<clang::NamedDecl>(declaration)->getName().str();
      names.ordinary.insert(name);
      if (const auto* type = llvm::dyn_cast<clang::TypedefNameDecl>(declaration)) {
        names.typedefs.emplace(name, type);
      }
    }
  }
  return names;
}

void rename_for_cxx(clang::ASTContext& context, DeclaredNames& names) {
  Renamer(context, names).run();
}

}  // namespace kmod::headers
