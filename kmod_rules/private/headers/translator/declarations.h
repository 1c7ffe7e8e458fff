// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Prints declarations of C as C++ with the same layout and the same symbols.
#ifndef KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_DECLARATIONS_H_
#define KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_DECLARATIONS_H_

#include <map>
#include <set>
#include <string>
#include <unordered_set>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Type.h"
#include "kmod_rules/private/headers/translator/type_text.h"

namespace kmod::headers {

// Names that the translation unit declares.
struct DeclaredNames {
  std::unordered_set<std::string> ordinary;  // functions, variables, typedefs, enumerators
  std::unordered_set<std::string> tags;
  std::map<std::string, const clang::TypedefNameDecl*> typedefs;
  std::map<std::string, const clang::EnumDecl*> enums;  // the definition, if there is one
};

[[nodiscard]] DeclaredNames find_declared_names(const clang::TranslationUnitDecl& unit);

// Gives each declaration the name that it has in C++: a keyword gets an underscore at its end; a
// record without a name gets the name of its typedef, or of its member with that of the record
// around it, because in C++ it has to be declared before that record. Type texts follow the names.
void rename_for_cxx(clang::ASTContext& context, DeclaredNames& names);

// How a static inline function is called: see calls.h.
struct InlineFunctions {
  std::set<std::string> callable;
  std::map<std::string, std::string> refused;  // the reason
};

class DeclarationPrinter {
 public:
  DeclarationPrinter(clang::ASTContext& context, const TypeText& types, const DeclaredNames& names,
                     const InlineFunctions& inlines)
      : context_(context), types_(types), names_(names), inlines_(inlines) {}

  // The text of one declaration, which ends in a newline; empty if C++ does not need it.
  [[nodiscard]] std::string print(const clang::Decl& declaration);

  // The definition of a static inline function whose body is `body`.
  [[nodiscard]] std::string print_definition(const clang::FunctionDecl& function,
                                             const std::string& body) const;

  // Declares the enumerations that a text names and that `seen` does not hold yet. C++ cannot name
  // an enumeration before its declaration; C can.
  [[nodiscard]] std::string declare_enums(const std::string& text,
                                          std::unordered_set<std::string>& seen) const;

  // Whether print() has defined the record.
  [[nodiscard]] bool has_defined(const clang::RecordDecl& record) const {
    return defined_.contains(&record);
  }

  // The functions and variables that print() has declared, except static inline functions.
  [[nodiscard]] const std::set<std::string>& symbols() const { return symbols_; }

  struct Counts {
    unsigned records = 0;
    unsigned functions = 0;
    unsigned inlines = 0;
    unsigned per_cpu_variables = 0;
  };
  [[nodiscard]] const Counts& counts() const { return counts_; }

 private:
  std::string print_record(const clang::RecordDecl& record);
  std::string print_nested(const clang::RecordDecl& record);
  std::string print_members(const clang::RecordDecl& record) const;
  std::string print_member(const clang::FieldDecl& member) const;
  std::string print_enum(const clang::EnumDecl& declaration);
  std::string print_typedef(const clang::TypedefNameDecl& declaration);
  std::string print_function(const clang::FunctionDecl& function);
  std::string print_variable(const clang::VarDecl& variable);
  [[nodiscard]] std::string enum_type(const clang::EnumDecl* definition) const;
  [[nodiscard]] std::string layout_attributes(const clang::Decl& declaration) const;
  [[nodiscard]] clang::QualType cxx_member_type(clang::QualType type) const;

  clang::ASTContext& context_;
  const TypeText& types_;
  const DeclaredNames& names_;
  const InlineFunctions& inlines_;
  std::set<const clang::Decl*> defined_;
  std::set<const clang::Decl*> typedefs_of_enums_;
  std::unordered_set<std::string> functions_;
  std::unordered_set<std::string> per_cpu_;
  std::set<std::string> symbols_;
  Counts counts_;
};

// An integer as a literal of its type.
[[nodiscard]] std::string integer_literal(const llvm::APSInt& value);

// The function that C++ calls for a static inline function.
[[nodiscard]] std::string call_symbol(const std::string& function);

}  // namespace kmod::headers

#endif  // KMOD_RULES_PRIVATE_HEADERS_TRANSLATOR_DECLARATIONS_H_
