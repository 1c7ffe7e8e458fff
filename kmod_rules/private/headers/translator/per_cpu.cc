// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/per_cpu.h"

#include <string>

#include "clang/AST/Attr.h"
#include "clang/AST/Type.h"
#include "clang/Lex/MacroInfo.h"
#include "kmod_rules/private/headers/translator/declarations.h"
#include "llvm/ADT/StringRef.h"

namespace kmod::headers {
namespace {

constexpr char kTemplates[] =
    "extern \"C++\" {\n"
    "template <auto find> struct kmod_per_cpu_variable {};\n"
    "template <auto find>\n"
    "inline auto &per_cpu(const kmod_per_cpu_variable<find> &, int cpu) { return *find(cpu); }\n"
    "template <auto find>\n"
    "inline auto *per_cpu_ptr(const kmod_per_cpu_variable<find> *, int cpu) { return find(cpu); }\n"
    "template <auto find>\n"
    "inline auto *this_cpu_ptr(const kmod_per_cpu_variable<find> *) { return find(-1); }\n"
    "}\n";

// "T *name(int cpu)"
std::string signature(const clang::VarDecl& variable, const std::string& name,
                      const TypeText& types, const clang::ASTContext& context) {
  return types.declare(context.getPointerType(variable.getType()), name + "(int cpu)");
}

}  // namespace

bool is_per_cpu(const clang::VarDecl& variable) {
  const auto* section = variable.getAttr<clang::SectionAttr>();
  return section != nullptr && section->getName().contains("percpu");
}

std::string per_cpu_function(const std::string& variable) { return "per_cpu__" + variable; }

std::string per_cpu_code(const clang::VarDecl& variable, const TypeText& types,
                         const clang::ASTContext& context) {
  const std::string name = variable.getName().str();
  return signature(variable, call_symbol(per_cpu_function(name)), types, context) +
         " { return cpu < 0 ? this_cpu_ptr(&" + name + ") : per_cpu_ptr(&" + name + ", cpu); }";
}

std::string per_cpu_declaration(const clang::VarDecl& variable, const TypeText& types,
                                const clang::ASTContext& context) {
  const std::string name = variable.getName().str();
  const std::string function = "kmod_" + per_cpu_function(name);
  return signature(variable, function, types, context) + " __asm__(\"" +
         call_symbol(per_cpu_function(name)) +
         "\");\nextern \"C++\" { inline constexpr kmod_per_cpu_variable<" + function + "> " + name +
         " = {}; }\n";
}

void add_per_cpu_templates(
    clang::Preprocessor& preprocessor,
    const std::function<void(clang::SourceLocation place, std::string text)>& add) {
  const clang::MacroInfo* macro =
      preprocessor.getMacroInfo(preprocessor.getIdentifierInfo("DECLARE_PER_CPU"));
  if (macro != nullptr) add(macro->getDefinitionLoc(), kTemplates);
}

}  // namespace kmod::headers
