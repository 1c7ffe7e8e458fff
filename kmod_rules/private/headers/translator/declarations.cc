// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/declarations.h"

#include <algorithm>
#include <string>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Type.h"
#include "kmod_rules/private/headers/hosted_names.h"
#include "kmod_rules/private/headers/translator/cxx_names.h"
#include "kmod_rules/private/headers/translator/per_cpu.h"
#include "llvm/ADT/APInt.h"
#include "llvm/ADT/APSInt.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Casting.h"

namespace kmod::headers {
namespace {

std::string attribute(const std::string& text) { return " __attribute__((" + text + "))"; }

std::string function_attributes(const clang::FunctionDecl& function) {
  std::string text;
  if (function.isNoReturn()) text += attribute("noreturn");
  if (function.hasAttr<clang::WarnUnusedResultAttr>()) text += attribute("warn_unused_result");
  if (const auto* format = function.getAttr<clang::FormatAttr>();
      format != nullptr && format->getType()->getName().contains("printf")) {
    text += attribute("format(printf, " + std::to_string(format->getFormatIdx()) + ", " +
                      std::to_string(format->getFirstArg()) + ")");
  }
  if (const auto* error = function.getAttr<clang::ErrorAttr>()) {
    text += attribute("error(\"" + error->getUserDiagnostic().str() + "\")");
  }
  return text;
}

bool is_unnamed_enum(const clang::TagDecl* tag) {
  return tag != nullptr && tag->isEnum() && tag->getIdentifier() == nullptr &&
         tag->getTypedefNameForAnonDecl() == nullptr;
}

std::string name_of(const clang::NamedDecl& declaration) {
  return declaration.getIdentifier() != nullptr ? declaration.getName().str() : "";
}

}  // namespace

std::string integer_literal(const llvm::APSInt& value) {
  if (value.isSigned() && value.getBitWidth() >= 64 && value.isMinSignedValue()) {
    return "(-9223372036854775807LL - 1)";
  }
  llvm::SmallString<40> text;
  value.toString(text, 10);
  if (value.isUnsigned()) {
    text += value.getActiveBits() > 32 ? "ULL" : "U";
  } else if (value.getSignificantBits() > 32) {
    text += "LL";
  }
  return std::string(text);
}

std::string call_symbol(const std::string& function) { return "__kmod_call_" + function; }

std::string DeclarationPrinter::print(const clang::Decl& declaration) {
  if (const auto* record = llvm::dyn_cast<clang::RecordDecl>(&declaration)) {
    return record->getIdentifier() != nullptr ? print_record(*record) : "";
  }
  if (const auto* enumeration = llvm::dyn_cast<clang::EnumDecl>(&declaration)) {
    return print_enum(*enumeration);
  }
  if (const auto* type = llvm::dyn_cast<clang::TypedefNameDecl>(&declaration)) {
    return print_typedef(*type);
  }
  if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&declaration)) {
    return print_function(*function);
  }
  if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(&declaration)) {
    return print_variable(*variable);
  }
  return "";
}

std::string DeclarationPrinter::layout_attributes(const clang::Decl& declaration) const {
  std::string text;
  unsigned align = 0;
  for (const clang::AlignedAttr* aligned : declaration.specific_attrs<clang::AlignedAttr>()) {
    align = std::max(align, aligned->getAlignment(context_) / 8);
  }
  if (declaration.hasAttr<clang::PackedAttr>()) text += attribute("packed");
  if (align != 0) text += attribute("aligned(" + std::to_string(align) + ")");
  return text;
}

std::string DeclarationPrinter::print_record(const clang::RecordDecl& record) {
  const std::string head = std::string(tag_keyword(record)) + " " + record.getName().str();
  std::string text = head + ";\n";
  if (!record.isCompleteDefinition() || record.isInvalidDecl() ||
      !defined_.insert(&record).second) {
    return text;
  }
  text += print_nested(record);
  const auto* pack = record.getAttr<clang::MaxFieldAlignmentAttr>();
  if (pack != nullptr) {
    text += "#pragma pack(push, " + std::to_string(pack->getAlignment() / 8) + ")\n";
  }
  text += head + " {\n" + print_members(record) + "}" + layout_attributes(record) + ";\n";
  if (pack != nullptr) text += "#pragma pack(pop)\n";
  ++counts_.records;
  return text;
}

// In C++, a tag in a record would belong to the record.
std::string DeclarationPrinter::print_nested(const clang::RecordDecl& record) {
  std::string text;
  for (const clang::Decl* inner : record.decls()) {
    if (const auto* nested = llvm::dyn_cast<clang::RecordDecl>(inner)) {
      text += nested->getIdentifier() != nullptr ? print_record(*nested) : print_nested(*nested);
    } else if (const auto* enumeration = llvm::dyn_cast<clang::EnumDecl>(inner)) {
      text += print_enum(*enumeration);
    }
  }
  return text;
}

// An array without a size has none, also in a union, and an unnamed enumeration is its integer
// type.
clang::QualType DeclarationPrinter::cxx_member_type(clang::QualType type) const {
  if (type->isIncompleteArrayType()) {
    return context_.getConstantArrayType(context_.getAsArrayType(type)->getElementType(),
                                         llvm::APInt(64, 0), nullptr,
                                         clang::ArraySizeModifier::Normal, 0);
  }
  const clang::TagDecl* tag = type->getAsTagDecl();
  if (is_unnamed_enum(tag)) return llvm::cast<clang::EnumDecl>(tag)->getIntegerType();
  return type;
}

std::string DeclarationPrinter::print_member(const clang::FieldDecl& member) const {
  const clang::RecordDecl* inner = member.getType()->getAsRecordDecl();
  if (member.isAnonymousStructOrUnion() ||
      (member.getIdentifier() == nullptr && !member.isBitField() && inner != nullptr)) {
    // The second form is of -fms-extensions: the members of a named record.
    const clang::RecordDecl* definition = inner->getDefinition();
    return std::string(tag_keyword(*inner)) + " {\n" + print_members(*definition) + "}" +
           layout_attributes(*inner) + layout_attributes(member) + ";\n";
  }
  std::string text = types_.declare(cxx_member_type(member.getType()), name_of(member));
  if (member.isBitField()) text += " : " + std::to_string(member.getBitWidthValue(context_));
  return text + layout_attributes(member) + ";\n";
}

std::string DeclarationPrinter::print_members(const clang::RecordDecl& record) const {
  // C's size of an empty record is 0 and that of C++ is 1, except with an array of no elements.
  if (record.field_empty()) return "char no_members[0];\n";
  std::string text;
  for (const clang::FieldDecl* member : record.fields()) text += print_member(*member);
  return text;
}

std::string DeclarationPrinter::enum_type(const clang::EnumDecl* definition) const {
  if (definition == nullptr || definition->getIntegerType().isNull()) return "unsigned int";
  return types_.declare(definition->getIntegerType().getCanonicalType(), "");
}

std::string DeclarationPrinter::print_enum(const clang::EnumDecl& declaration) {
  const clang::TypedefNameDecl* type = declaration.getTypedefNameForAnonDecl();
  std::string name = name_of(declaration);
  if (type != nullptr) {
    name = type->getName().str();
    if (names_.tags.contains(name)) name += "_s";
    typedefs_of_enums_.insert(type);
  }
  const clang::EnumDecl* definition = declaration.getDefinition();
  const std::string head = "enum " + name + " : " + enum_type(definition);
  if (!declaration.isCompleteDefinition() || !defined_.insert(&declaration).second) {
    return name.empty() ? "" : head + ";\n";
  }
  std::string text;
  if (name.empty()) {
    for (const clang::EnumConstantDecl* constant : declaration.enumerators()) {
      clang::QualType constant_type = constant->getType().getCanonicalType();
      if (constant_type->isEnumeralType()) constant_type = definition->getIntegerType();
      text += "constexpr " + types_.declare(constant_type, constant->getName().str()) + " = " +
              integer_literal(constant->getInitVal()) + ";\n";
    }
    return text;
  }
  text = head + " {\n";
  for (const clang::EnumConstantDecl* constant : declaration.enumerators()) {
    text += constant->getName().str() + " = " + integer_literal(constant->getInitVal()) + ",\n";
  }
  text += "};\n";
  if (type != nullptr && name != type->getName()) {
    text += "typedef enum " + name + " " + type->getName().str() + ";\n";
  }
  return text;
}

std::string DeclarationPrinter::print_typedef(const clang::TypedefNameDecl& declaration) {
  const std::string name = declaration.getName().str();
  if (const auto replaced = cxx_typedef(name)) {
    return replaced->empty() ? "" : "typedef " + *replaced + " " + name + ";\n";
  }
  if (typedefs_of_enums_.contains(&declaration)) return "";
  return "typedef " + types_.declare(declaration.getUnderlyingType(), name) +
         layout_attributes(declaration) + ";\n";
}

std::string DeclarationPrinter::print_function(const clang::FunctionDecl& function) {
  const std::string name = function.getName().str();
  if (name.starts_with("__builtin") || is_cxx_keyword(name) || is_refused_c_function(name)) {
    return "";
  }
  if (!functions_.insert(name).second) return "";
  const auto parameter_name = [](const clang::ParmVarDecl& parameter, unsigned) {
    return name_of(parameter);
  };
  const auto is_static = [](const clang::FunctionDecl* redeclaration) {
    return redeclaration->getStorageClass() == clang::SC_Static;
  };
  if (std::ranges::any_of(function.redecls(), is_static)) {
    if (const auto reason = inlines_.refused.find(name); reason != inlines_.refused.end()) {
      return "extern \"C++\" template <class... T> void " + declared_name(name) +
             "(T...) = delete(\"" + reason->second + "\");\n";
    }
    if (!inlines_.callable.contains(name)) return "";
    ++counts_.inlines;
    return types_.signature(function, declared_name(name), parameter_name) + " __asm__(\"" +
           call_symbol(name) + "\")" + function_attributes(function) + ";\n";
  }
  ++counts_.functions;
  symbols_.insert(name);
  std::string label;
  if (const auto* symbol = function.getAttr<clang::AsmLabelAttr>()) {
    label = " __asm__(\"" + symbol->getLabel().str() + "\")";
  }
  return types_.signature(function, declared_name(name), parameter_name) + label +
         function_attributes(function) + ";\n";
}

std::string DeclarationPrinter::print_definition(const clang::FunctionDecl& function,
                                                 const std::string& body) const {
  // As the kernel's "inline", which leaves it out of function tracing.
  std::string text = "__attribute__((no_instrument_function))";
  if (function.hasAttr<clang::AlwaysInlineAttr>()) text += attribute("always_inline");
  return text + function_attributes(function) + " inline " +
         types_.signature(
             function, declared_name(function.getName().str()),
             [](const clang::ParmVarDecl& parameter, unsigned) { return name_of(parameter); }) +
         " " + body + "\n";
}

std::string DeclarationPrinter::print_variable(const clang::VarDecl& variable) {
  const std::string name = variable.getName().str();
  if (is_cxx_keyword(name) || !variable.hasExternalStorage()) return "";
  if (is_per_cpu(variable)) {
    if (!per_cpu_.insert(name).second) return "";
    ++counts_.per_cpu_variables;
    return per_cpu_declaration(variable, types_, context_);
  }
  symbols_.insert(name);
  // The kernel declares marks of its linker script in this way.
  if (variable.getType()->isVoidType()) return "extern const char " + declared_name(name) + "[];\n";
  return "extern " + types_.declare(variable.getType(), declared_name(name)) + ";\n";
}

std::string DeclarationPrinter::declare_enums(const std::string& text,
                                              std::unordered_set<std::string>& seen) const {
  constexpr std::string_view kKeyword = "enum ";
  std::string declarations;
  for (std::size_t at = text.find(kKeyword); at != std::string::npos;
       at = text.find(kKeyword, at + 1)) {
    const std::size_t begin = at + kKeyword.size();
    std::size_t end = begin;
    while (end < text.size() && is_name_character(text[end])) ++end;
    const std::string name = text.substr(begin, end - begin);
    const bool is_part = at > 0 && is_name_character(text[at - 1]);  // of another name
    const bool is_declaration = text.compare(end, 2, " :") == 0;
    if (is_part || is_declaration || name.empty() || !seen.insert(name).second) continue;
    // Unknown here, because the header that defines it is not included.
    const auto known = names_.enums.find(name);
    const clang::EnumDecl* definition =
        known == names_.enums.end() ? nullptr : known->second->getDefinition();
    declarations += "enum " + name + " : " + enum_type(definition) + ";\n";
  }
  return declarations;
}

}  // namespace kmod::headers
