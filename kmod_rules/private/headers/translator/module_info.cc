// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/module_info.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/MacroInfo.h"
#include "kmod_rules/private/headers/translator/macro_text.h"
#include "kmod_rules/private/headers/translator/replaced_macros.h"
#include "kmod_rules/private/headers/translator/source_places.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Casting.h"

namespace kmod::headers {
namespace {

// macro_functions.h has a table of this name and of this type.
constexpr llvm::StringLiteral kTable = "kmod_macro_table";
constexpr llvm::StringLiteral kType = "kmod_macro_type";

// A host has no .modinfo, but the text can be wrong there, too.
constexpr char kModuleInfo[] =
    "#undef MODULE_INFO\n"
    "#define MODULE_INFO(tag, info) KMOD_MODULE_INFO(__COUNTER__, #tag \"=\" info)\n"
    "#define KMOD_MODULE_INFO(number, text) KMOD_MODULE_INFO_NAMED(number, text)\n"
    "#if __STDC_HOSTED__\n"
    "#define KMOD_MODULE_INFO_NAMED(number, text) "
    "static_assert(sizeof(text) == __builtin_strlen(text) + 1, \"the text contains a NUL byte\")\n"
    "#else\n"
    "#define KMOD_MODULE_INFO_NAMED(number, text) "
    "static_assert(sizeof(text) == __builtin_strlen(text) + 1, \"the text contains a NUL byte\"); "
    "[[gnu::used, gnu::section(\".modinfo\"), gnu::aligned(1)]] "
    "static constexpr char kmod_module_info_##number[] = text\n"
    "#endif\n";

// In Linux 6.12 and before it, others are macros over this one.
constexpr char kNamedModuleInfo[] =
    "#undef __MODULE_INFO\n"
    "#define __MODULE_INFO(tag, name, info) MODULE_INFO(tag, info)\n";

// SYMBOL is the name that modpost looks for, as a string. As in C, it is another name of the table.
// The assembler defines it, because only the compiler knows the table's own: within a function,
// which has no other code, and which KmodLink drops.
constexpr llvm::StringLiteral kDeviceTable =
    "#undef MODULE_DEVICE_TABLE\n"
    "#if __STDC_HOSTED__\n"
    "#define MODULE_DEVICE_TABLE(type, name) static_assert(sizeof(name) != 0)\n"
    "#else\n"
    "#define MODULE_DEVICE_TABLE(type, name) "
    "KMOD_DEVICE_TABLE(__COUNTER__, SYMBOL, name)\n"
    "#define KMOD_DEVICE_TABLE(number, symbol, name) "
    "KMOD_DEVICE_TABLE_NAMED(number, symbol, name)\n"
    "#define KMOD_DEVICE_TABLE_NAMED(number, symbol, name) "
    "[[gnu::naked, gnu::used, gnu::nodebug, gnu::section(\".kmod.device_table\")]] "
    "static void kmod_device_table_##number() { "
    "__asm__(\".set \" symbol \", %c0\\n.type \" symbol \", @object\\n.size \" symbol \", %c1\" "
    ":: \"i\"(&name), \"i\"(sizeof(name))); } static_assert(true)\n"
    "#endif\n";

// How many tokens of a call of MODULE_INFO() and its like say what it is, with the name itself.
std::size_t head_of_call(const clang::Token& token) {
  if (is_name(token, "MODULE_ALIAS")) return 1;
  if (is_name(token, "MODULE_INFO")) return 4;    // "(", the tag, ","
  if (is_name(token, "__MODULE_INFO")) return 6;  // also a name and ","
  return 0;
}

// Whether the macro is calls of MODULE_INFO() and its like with texts and arguments. In C++, a
// number is no macro, so it cannot become a text.
bool takes_texts(const clang::MacroInfo& macro) {
  if (!macro.isFunctionLike() || macro.isVariadic() || macro.getNumTokens() == 0 ||
      head_of_call(macro.tokens().front()) == 0) {
    return false;
  }
  const auto tokens = macro.tokens();
  for (std::size_t i = 0; i < tokens.size();) {
    const clang::Token& token = tokens[i];
    if (const std::size_t head = head_of_call(token); head != 0) {
      i += head;
      continue;
    }
    const bool is_text = token.isOneOf(clang::tok::l_paren, clang::tok::r_paren, clang::tok::comma,
                                       clang::tok::semi, clang::tok::string_literal);
    const bool is_argument =
        token.is(clang::tok::identifier) && macro.getParameterNum(token.getIdentifierInfo()) != -1;
    if (!is_text && !is_argument) return false;
    ++i;
  }
  return true;
}

// The name that modpost looks for, as C++ that makes it of the arguments of MODULE_DEVICE_TABLE().
std::optional<std::string> device_table_symbol(const clang::ASTContext& context) {
  for (const clang::Decl* declaration : context.getTranslationUnitDecl()->decls()) {
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration);
    const auto* alias = variable == nullptr ? nullptr : variable->getAttr<clang::AliasAttr>();
    if (alias == nullptr || alias->getAliasee() != kTable) continue;
    const auto [prefix, rest] = variable->getName().split(kType);
    const auto [middle, suffix] = rest.split(kTable);
    return ("\"" + prefix + "\" #type \"" + middle + "\" #name \"" + suffix + "\"").str();
  }
  return std::nullopt;
}

}  // namespace

void translate_module_info(const clang::ASTContext& context, clang::Preprocessor& preprocessor,
                           const AddMacro& add) {
  const clang::SourceManager& sources = preprocessor.getSourceManager();
  const std::optional<std::string> symbol = device_table_symbol(context);
  for (const auto& [name, macro] : sorted_macros(preprocessor)) {
    const clang::SourceLocation place = macro->getDefinitionLoc();
    if (!is_of_header(place, sources)) continue;
    if (name == "MODULE_INFO") {
      add(place, kModuleInfo);
    } else if (name == "__MODULE_INFO") {
      add(place, kNamedModuleInfo);
    } else if (name == "MODULE_DEVICE_TABLE" && symbol) {
      std::string text = kDeviceTable.str();
      constexpr llvm::StringLiteral kSymbol = "SYMBOL";
      text.replace(text.find(kSymbol), kSymbol.size(), *symbol);
      add(place, std::move(text));
    } else if (takes_texts(*macro) && !is_replaced_macro(name)) {
      add(place, macro_definition(name, *macro, macro_body(*macro, preprocessor)));
    }
  }
}

}  // namespace kmod::headers
