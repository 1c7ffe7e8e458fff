// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/headers/translator/replaced_macros.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>

#include "clang/Lex/MacroInfo.h"
#include "kmod_rules/private/headers/translator/macro_text.h"
#include "llvm/ADT/StringRef.h"

namespace kmod::headers {
namespace {

enum class Use : std::uint8_t {
  kExpression,   // as a function of values; no macro, because std has the name too
  kLoop,         // before a statement
  kDeclaration,  // before a semicolon
  kType,         // an expression with a type or a member among its arguments
};

struct Replaced {
  llvm::StringLiteral macro;
  Use use = Use::kExpression;
  llvm::StringLiteral replacement;  // after "use "
};

constexpr llvm::StringLiteral kEntries = "kmod::list_entries<&T::member>(head) of kmod/list.h";
constexpr llvm::StringLiteral kEntriesRcu =
    "kmod::list_entries_rcu<&T::member>(head) of kmod/list.h";
constexpr llvm::StringLiteral kContainerOf =
    "kmod::container_of<&T::member>(pointer) of kmod/container_of.h";
constexpr llvm::StringLiteral kThisCpu =
    "*this_cpu_ptr(&variable) between preempt_disable() and preempt_enable()";
constexpr llvm::StringLiteral kPrint = "kmod/print.h, which has it";
constexpr llvm::StringLiteral kModule = "KMOD_MODULE(YourClass) of kmod/module.h";
constexpr llvm::StringLiteral kParameter =
    "KMOD_PARAMETER of kmod/parameter.h, and the attribute parameters of kernel_module";
constexpr llvm::StringLiteral kExport = "the attribute exports or exports_gpl of kernel_module";
constexpr llvm::StringLiteral kLock = "a member, which the constructor initializes";

constexpr Replaced kReplaced[] = {
    {"min", Use::kExpression, "std::min of <algorithm>"},
    {"max", Use::kExpression, "std::max of <algorithm>"},
    {"clamp", Use::kExpression, "std::clamp of <algorithm>"},
    {"min_t", Use::kType, "std::min<T> of <algorithm>"},
    {"max_t", Use::kType, "std::max<T> of <algorithm>"},
    {"ARRAY_SIZE", Use::kExpression, "std::size of <iterator>"},
    {"READ_ONCE", Use::kExpression, "std::atomic_ref(x).load(std::memory_order_relaxed)"},
    {"WRITE_ONCE", Use::kExpression, "std::atomic_ref(x).store(value, std::memory_order_relaxed)"},
    {"this_cpu_read", Use::kExpression, kThisCpu},
    {"this_cpu_write", Use::kExpression, kThisCpu},
    {"this_cpu_add", Use::kExpression, kThisCpu},
    {"this_cpu_inc", Use::kExpression, kThisCpu},
    {"get_cpu_var", Use::kExpression, kThisCpu},
    {"alloc_percpu", Use::kType, "__alloc_percpu(sizeof(T), alignof(T))"},
    {"container_of", Use::kType, kContainerOf},
    {"list_entry", Use::kType, kContainerOf},
    {"list_first_entry", Use::kType, kContainerOf},
    {"rb_entry", Use::kType, kContainerOf},
    {"list_for_each", Use::kLoop, kEntries},
    {"list_for_each_safe", Use::kLoop, kEntries},
    {"list_for_each_entry", Use::kLoop, kEntries},
    {"list_for_each_entry_safe", Use::kLoop, kEntries},
    {"list_for_each_entry_rcu", Use::kLoop, kEntriesRcu},
    {"pr_emerg", Use::kExpression, kPrint},
    {"pr_alert", Use::kExpression, kPrint},
    {"pr_crit", Use::kExpression, kPrint},
    {"pr_err", Use::kExpression, kPrint},
    {"pr_warn", Use::kExpression, kPrint},
    {"pr_notice", Use::kExpression, kPrint},
    {"pr_info", Use::kExpression, kPrint},
    {"pr_debug", Use::kExpression, kPrint},
    {"printk", Use::kExpression, "pr_info and its like of kmod/print.h"},
    {"module_init", Use::kDeclaration, kModule},
    {"module_exit", Use::kDeclaration, kModule},
    {"module_param", Use::kDeclaration, kParameter},
    {"module_param_named", Use::kDeclaration, kParameter},
    {"MODULE_LICENSE", Use::kDeclaration, "the attribute license of kernel_module"},
    {"MODULE_AUTHOR", Use::kDeclaration, "the attribute author of kernel_module"},
    {"MODULE_DESCRIPTION", Use::kDeclaration, "the attribute description of kernel_module"},
    {"MODULE_VERSION", Use::kDeclaration, "the attribute version of kernel_module"},
    {"MODULE_IMPORT_NS", Use::kDeclaration, "the attribute import_ns of kernel_module"},
    {"MODULE_PARM_DESC", Use::kDeclaration, "the attribute parameters of kernel_module"},
    {"EXPORT_SYMBOL", Use::kDeclaration, kExport},
    {"EXPORT_SYMBOL_GPL", Use::kDeclaration, kExport},
    {"DEFINE_MUTEX", Use::kDeclaration, kLock},
    {"DEFINE_SPINLOCK", Use::kDeclaration, kLock},
    {"DECLARE_WORK", Use::kDeclaration, kLock},
    {"DECLARE_DELAYED_WORK", Use::kDeclaration, kLock},
    {"DECLARE_WAIT_QUEUE_HEAD", Use::kDeclaration, kLock},
    {"DECLARE_COMPLETION", Use::kDeclaration, kLock},
    {"DEFINE_TIMER", Use::kDeclaration, kLock},
    {"LIST_HEAD", Use::kDeclaration, kLock},
};

// The text of an error. The macro's name comes first, because Clang names only the place.
std::string reason(llvm::StringRef macro, llvm::StringRef replacement) {
  return (macro + " is a macro of C: use " + replacement).str();
}

std::string text_for(llvm::StringRef macro, Use use, llvm::StringRef replacement) {
  const std::string name = macro.str();
  if (use == Use::kExpression) {
    // std::min and its like are more specialized, so they win if both are visible.
    return "extern \"C++\" template <class... T> void " + name + "(const T&...) = delete(\"" +
           reason(macro, replacement) + "\");\n";
  }
  std::string text = "#define " + name + "(...) _Pragma(\"GCC error \\\"" +
                     reason(macro, replacement) + "\\\"\") ";
  if (use == Use::kLoop) text += "for (; false;)";
  if (use == Use::kDeclaration) text += "static_assert(true)";
  if (use == Use::kType) text += "nullptr";
  return text + "\n";
}

}  // namespace

bool is_replaced_macro(llvm::StringRef name) {
  return std::ranges::find(kReplaced, name, &Replaced::macro) != std::end(kReplaced);
}

void explain_replaced_macros(
    clang::Preprocessor& preprocessor,
    const std::function<void(clang::SourceLocation place, std::string text)>& add) {
  const auto explain = [&](llvm::StringRef name, Use use, llvm::StringRef replacement) {
    const clang::MacroInfo* macro = preprocessor.getMacroInfo(preprocessor.getIdentifierInfo(name));
    if (macro == nullptr || !macro->isFunctionLike()) return;
    // The macro may be there already: the runtime's, such as pr_info, or one that is translated.
    add(macro->getDefinitionLoc(),
        "#ifndef " + name.str() + "\n" + text_for(name, use, replacement) + "#endif\n");
  };
  for (const Replaced& replaced : kReplaced) {
    explain(replaced.macro, replaced.use, replaced.replacement);
  }
  for (const auto& [name, macro] : sorted_macros(preprocessor)) {
    if (!llvm::StringRef(name).starts_with("MODULE_ALIAS_")) continue;
    explain(name, Use::kDeclaration, "MODULE_ALIAS with the text that the alias is");
  }
}

}  // namespace kmod::headers
