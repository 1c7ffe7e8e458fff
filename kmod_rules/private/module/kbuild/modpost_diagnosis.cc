// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/modpost_diagnosis.h"

#include <algorithm>
#include <optional>

#include "kmod_rules/private/base/demangle.h"
#include "kmod_rules/private/base/edit_distance.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/module/link/forbidden_symbol.h"

namespace kmod::kbuild {
namespace {

constexpr std::size_t kNearNames = 4;

// What stands between two texts of a line; nothing when they are not there in this order.
std::optional<std::string_view> between(std::string_view line, std::string_view before,
                                        std::string_view after) {
  const std::size_t start = line.find(before);
  if (start == std::string_view::npos) return std::nullopt;
  line.remove_prefix(start + before.size());
  const std::size_t end = line.find(after);
  if (end == std::string_view::npos) return std::nullopt;
  return line.substr(0, end);
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += text.empty() ? name : ", " + name;
  return text;
}

std::string wanted_by(const DiagnosisContext& context, std::string_view symbol) {
  const std::string references = link::describe_references(context.references, symbol);
  return references.empty() ? "" : ", wanted by " + references;
}

// kmod_param_<type>_<name>: how C++ reads a parameter that the module's attribute declares.
std::optional<std::string> missing_parameter(std::string_view symbol,
                                             const DiagnosisContext& context) {
  constexpr std::string_view kAccessor = "kmod_param_";
  if (!symbol.starts_with(kAccessor)) return std::nullopt;
  symbol.remove_prefix(kAccessor.size());
  const std::size_t end = symbol.find('_');
  if (end == 0 || end == std::string_view::npos || end + 1 == symbol.size()) return std::nullopt;
  const std::string type(symbol.substr(0, end));
  const std::string name(symbol.substr(end + 1));
  const std::string references =
      link::describe_references(context.references, std::string(kAccessor) + std::string(symbol));
  const auto declared = std::ranges::find(context.parameters, name, &base::Pair::left);
  if (declared != context.parameters.end()) {
    return context.label + ": the attribute `parameters` declares " + name + " as " +
           declared->right + ", and C++ reads it as " + type +
           (references.empty() ? "" : ", in " + references) + ". Use one type in both.";
  }
  return context.label + ": the attribute `parameters` lacks the parameter " + name + " of type " +
         type + (references.empty() ? "" : ", wanted by " + references) +
         ". Add it to `parameters`.";
}

bool is_cxx_runtime(std::string_view symbol) {
  return symbol == "__cxa_pure_virtual" || symbol == "__cxa_deleted_virtual" ||
         symbol.starts_with("_Zdl") || symbol.starts_with("_Zda") || symbol.starts_with("_ZSt") ||
         symbol.starts_with("kmod_");
}

std::string undefined(std::string_view symbol, const DiagnosisContext& context) {
  if (const auto parameter = missing_parameter(symbol, context)) return *parameter;
  if (const link::ForbiddenKind* kind = link::forbidden_kind(symbol)) {
    return context.label + ": " + std::string(kind->what) + " used (" + std::string(symbol) + ")" +
           wanted_by(context, symbol) + ". " + std::string(kind->advice);
  }
  std::string text = context.label + ": no kernel symbol " + std::string(symbol);
  if (base::is_mangled(symbol)) {
    text = context.label + ": nothing defines " + base::demangle(symbol) + " (" +
           std::string(symbol) + ")";
  }
  text += wanted_by(context, symbol) + ". ";
  if (is_cxx_runtime(symbol)) {
    return text + "It belongs to the C++ runtime: add //runtime to the deps of what wants it.";
  }
  if (base::is_mangled(symbol)) {
    return text +
           "It is C++, so that no kernel exports it: add the cc_library that defines it to deps, "
           "or "
           "define it.";
  }
  const auto near = base::nearest_names(symbol, context.exports.names(), kNearNames);
  if (!near.empty()) text += "Exported names near it: " + joined(near) + ". ";
  return text +
         "A function of this kernel that is not exported, or is inline or a macro, cannot be "
         "linked to; where another module exports it, depend on that module.";
}

std::string gpl_only(std::string_view symbol, const DiagnosisContext& context) {
  std::string text = context.label + ": the kernel exports " + std::string(symbol) +
                     " to GPL-compatible modules only (EXPORT_SYMBOL_GPL)" +
                     wanted_by(context, symbol) + ". ";
  if (!context.gpl_compatible) {
    return text +
           "The MODULE_LICENSE() in the module's C sources is not one: choose \"GPL\", \"Dual "
           "MIT/GPL\", "
           "\"Dual BSD/GPL\" or \"Dual MPL/GPL\" if the code may be under it, or do without the "
           "symbol.";
  }
  if (*context.gpl_compatible) {
    return text +
           "The attribute `license` is GPL-compatible, but modpost found another MODULE_LICENSE(): "
           "remove it from the module's C sources, or spell it as include/linux/module.h does.";
  }
  return text +
         "The attribute `license` names one that is not: choose \"GPL\", \"Dual MIT/GPL\", \"Dual "
         "BSD/GPL\" or \"Dual MPL/GPL\" if the code may be under it, or do without the symbol.";
}

std::string name_space(std::string_view symbol, std::string_view space,
                       const DiagnosisContext& context) {
  return context.label + ": the kernel exports " + std::string(symbol) + " in the namespace " +
         std::string(space) + ", which the module does not import" + wanted_by(context, symbol) +
         ". Add MODULE_IMPORT_NS(" + std::string(space) + ") to a C source of the module.";
}

std::string unversioned(std::string_view symbol, const DiagnosisContext& context) {
  return context.label + ": the export of " + std::string(symbol) +
         " has no version. kbuild computes one only for an EXPORT_SYMBOL in a C source that it "
         "compiles "
         "itself for this module: move it into `srcs`.";
}

std::optional<std::string> diagnose_line(std::string_view line, const DiagnosisContext& context) {
  if (line.find("modpost: ") == std::string_view::npos) return std::nullopt;
  if (line.ends_with("undefined!")) {
    if (const auto symbol = between(line, "modpost: \"", "\" [")) {
      return undefined(*symbol, context);
    }
  }
  if (const auto symbol = between(line, "uses GPL-only symbol '", "'")) {
    return gpl_only(*symbol, context);
  }
  if (const auto symbol = between(line, "uses symbol ", " from namespace ")) {
    if (const auto space = between(line, " from namespace ", ", but does not import it")) {
      return name_space(*symbol, *space, context);
    }
  }
  if (line.find("version generation failed") != std::string_view::npos) {
    if (const auto symbol = between(line, "EXPORT symbol \"", "\" [")) {
      return unversioned(*symbol, context);
    }
  }
  if (line.find("missing MODULE_LICENSE()") != std::string_view::npos) {
    return context.label +
           ": the module has no MODULE_LICENSE(). Set the attribute `license`, or put one into a C "
           "source.";
  }
  if (line.find("missing MODULE_DESCRIPTION()") != std::string_view::npos) {
    return context.label +
           ": the module has no MODULE_DESCRIPTION(), which this kernel asks for. Set the "
           "attribute "
           "`description`, or put one into a C source.";
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> diagnose_modpost(std::string_view log, const DiagnosisContext& context) {
  std::vector<std::string> messages;
  for (const std::string_view line : base::split_lines(log)) {
    auto message = diagnose_line(line, context);
    if (message && std::ranges::find(messages, *message) == messages.end()) {
      messages.push_back(std::move(*message));
    }
  }
  return messages;
}

}  // namespace kmod::kbuild
