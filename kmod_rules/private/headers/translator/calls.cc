// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/calls.h"

#include <algorithm>
#include <array>
#include <string>

#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/MacroInfo.h"
#include "kmod_rules/private/headers/translator/per_cpu.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Casting.h"

namespace kmod::headers {
namespace {

// Functions that only compile where an argument is a constant, because they check it with
// BUILD_BUG_ON() or pass it to an instruction, and one that is for the vDSO. tests/headers compiles
// all others.
constexpr std::array kWantConstants = std::to_array<llvm::StringRef>({
    "NF_DROP_REASON",
    "__kmalloc_index",
    "__perf_sw_enabled",
    "_static_cpu_has",
    "alternative_msr_write",
    "arch_static_branch",
    "arch_static_branch_jump",
    "constant_test_bit_acquire",
    "dquot_state_types",
    "encode_page",
    "field_mask",
    "field_multiplier",
    "fix_to_virt",
    "inet6_register_icmp_sender",
    "inet6_unregister_icmp_sender",
    "io_kiocb_cmd_sz_check",
    "io_uring_cmd_private_sz_check",
    "kmalloc_index",
    "kvm_make_request",
    "perf_sw_event",
    "perf_sw_event_sched",
    "qdisc_cb_private_validate",
    "rip_rel_ptr",
    "static_key_false",
    "static_key_true",
    "vdso_read_cpunode",
    "x86_this_cpu_variable_test_bit",
});

bool wants_constant(llvm::StringRef name) {
  return name.ends_with("_encode_bits") || name.ends_with("_get_bits") ||
         name.ends_with("_replace_bits") ||
         std::ranges::find(kWantConstants, name) != kWantConstants.end();
}

std::string argument_name(unsigned index) { return "a" + std::to_string(index); }

// The C of a function with the parameters of `function`, which passes them on to `name`: that
// function, or a macro for it.
std::string forwarding_code(const clang::FunctionDecl& function, const std::string& name,
                            const TypeText& types) {
  std::string arguments;
  for (unsigned i = 0; i < function.getNumParams(); ++i) {
    if (i != 0) arguments += ", ";
    arguments += argument_name(i);
  }
  const std::string signature = types.signature(
      function, call_symbol(name),
      [](const clang::ParmVarDecl&, unsigned index) { return argument_name(index); });
  const bool returns = !function.getReturnType()->isVoidType();
  return signature + " { " + (returns ? "return " : "") + name + "(" + arguments + "); }";
}

// The table's own definition, in one line, as a function that others can call.
std::string table_code(const clang::FunctionDecl& function, const std::string& macro,
                       const clang::ASTContext& context) {
  const clang::SourceManager& sources = context.getSourceManager();
  const auto range = clang::CharSourceRange::getTokenRange(function.getSourceRange());
  std::string code = clang::Lexer::getSourceText(range, sources, context.getLangOpts()).str();
  constexpr llvm::StringLiteral kStatic = "static inline ";
  if (llvm::StringRef(code).starts_with(kStatic)) code.erase(0, kStatic.size());
  const std::string name = kMacroFunction + macro;
  code.replace(code.find(name), name.size(), call_symbol(macro));
  std::ranges::replace(code, '\n', ' ');
  return code;
}

// Aliases of functions that C++ can call. The table's functions come first.
void add_aliases(const clang::ASTContext& context, clang::Preprocessor& preprocessor,
                 const HeaderFiles& files, const TypeText& types, Calls& calls) {
  for (const auto& [name, alias] : find_macro_aliases(context, preprocessor)) {
    const std::string function = alias.function->getName().str();
    const bool is_static = alias.function->getStorageClass() == clang::SC_Static;
    if (calls.macros.contains(name) || alias.function->isVariadic() ||
        (is_static && !calls.functions.callable.contains(function))) {
      continue;
    }
    const std::string header = files.included_by_main(alias.place);
    if (header.empty()) continue;
    calls.aliases.emplace(name, alias);
    calls.calls[name] = {.header = header, .code = forwarding_code(*alias.function, name, types)};
  }
}

}  // namespace

Calls find_calls(const clang::ASTContext& context, clang::Preprocessor& preprocessor,
                 const HeaderFiles& files, const TypeText& types, const HeaderErrors& errors) {
  Calls calls;
  for (const clang::Decl* declaration : context.getTranslationUnitDecl()->decls()) {
    if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration);
        variable != nullptr && is_per_cpu(*variable)) {
      const std::string name = per_cpu_function(variable->getName().str());
      const std::string header = files.included_by_main(variable->getLocation());
      if (!header.empty()) {
        calls.calls.emplace(
            name, Call{.header = header, .code = per_cpu_code(*variable, types, context)});
      }
      continue;
    }
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(declaration);
    if (function == nullptr || function->getStorageClass() != clang::SC_Static ||
        !function->isThisDeclarationADefinition()) {
      continue;
    }
    std::string name = function->getName().str();
    if (llvm::StringRef(name).starts_with(kMacroFunction)) {
      name.erase(0, sizeof(kMacroFunction) - 1);
      const clang::MacroInfo* macro =
          preprocessor.getMacroInfo(preprocessor.getIdentifierInfo(name));
      if (macro == nullptr || !errors.error_in(*function, context.getSourceManager()).empty()) {
        continue;
      }
      calls.macros.emplace(name, function);
      calls.calls[name] = {.header = files.included_by_main(macro->getDefinitionLoc()),
                           .code = table_code(*function, name, context)};
      continue;
    }
    if (function->isVariadic()) {
      calls.functions.refused.emplace(name,
                                      "C++ cannot pass on the variable arguments of a static "
                                      "inline function of the kernel");
      continue;
    }
    if (std::string error = errors.error_in(*function, context.getSourceManager());
        !error.empty()) {
      // The reason becomes a string literal.
      std::ranges::replace(error, '"', '\'');
      calls.functions.refused.emplace(name, "this kernel cannot compile it: " + error);
      continue;
    }
    if (wants_constant(name)) {
      calls.functions.refused.emplace(
          name,
          "the kernel takes this function only with constants as arguments or in code of its own");
      continue;
    }
    const std::string header = files.included_by_main(function->getLocation());
    if (header.empty()) continue;
    calls.functions.callable.insert(name);
    calls.calls[name] = {.header = header, .code = forwarding_code(*function, name, types)};
  }
  add_aliases(context, preprocessor, files, types, calls);
  return calls;
}

}  // namespace kmod::headers
