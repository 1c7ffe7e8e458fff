// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/modpost_diagnosis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "kmod_rules/private/base/edit_distance.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/module/link/forbidden_symbol.h"

namespace kmod::kbuild {
namespace {

constexpr std::size_t kNearNames = 4;

struct Complaint {
  enum class Kind : std::uint8_t {
    kUndefined,
    kUndefinedExport,
    kGplOnly,
    kNamespace,
    kUnversioned,
    kTooLong,
    kExportedTwice,
    kNoLicense,
    kNoDescription,
  };
  Kind kind;
  std::string symbol;      // empty for the last two
  std::string name_space;  // for kNamespace; for kExportedTwice, the other module
  std::string name;        // the symbol, demangled

  bool operator==(const Complaint&) const = default;
};
using Kind = Complaint::Kind;

std::optional<Complaint> parse_line(std::string_view line) {
  const auto complaint = [](Kind kind, std::string_view symbol, std::string_view name_space = "") {
    return Complaint{.kind = kind,
                     .symbol = std::string(symbol),
                     .name_space = std::string(name_space),
                     .name = std::string(symbol)};
  };
  if (!line.contains("modpost: ")) return std::nullopt;
  if (line.ends_with("undefined!")) {
    if (const auto symbol = base::between(line, "modpost: \"", "\" [")) {
      return complaint(Kind::kUndefined, *symbol);
    }
  }
  if (line.ends_with("was exported without definition")) {
    if (const auto symbol = base::between(line, "modpost: \"", "\" [")) {
      return complaint(Kind::kUndefinedExport, *symbol);
    }
  }
  if (const auto symbol = base::between(line, "uses GPL-only symbol '", "'")) {
    return complaint(Kind::kGplOnly, *symbol);
  }
  if (const auto symbol = base::between(line, "uses symbol ", " from namespace ")) {
    if (const auto space = base::between(line, " from namespace ", ", but does not import it")) {
      return complaint(Kind::kNamespace, *symbol, *space);
    }
  }
  if (line.contains("version generation failed")) {
    if (const auto symbol = base::between(line, "EXPORT symbol \"", "\" [")) {
      return complaint(Kind::kUnversioned, *symbol);
    }
  }
  if (const auto symbol = base::between(line, "too long symbol \"", "\" [")) {
    return complaint(Kind::kTooLong, *symbol);
  }
  if (const auto symbol = base::between(line, ": '", "' exported twice. Previous export was in ")) {
    constexpr std::string_view kOther = "Previous export was in ";
    std::string_view other = line.substr(line.find(kOther) + kOther.size());
    if (other.ends_with(".ko")) other.remove_suffix(3);
    return complaint(Kind::kExportedTwice, *symbol, other);
  }
  if (line.contains("missing MODULE_LICENSE()")) return complaint(Kind::kNoLicense, "");
  if (line.contains("missing MODULE_DESCRIPTION()")) return complaint(Kind::kNoDescription, "");
  return std::nullopt;
}

std::vector<Complaint> parse_complaints(std::string_view log) {
  std::vector<Complaint> complaints;
  for (const std::string_view line : base::split_lines(log)) {
    const auto complaint = parse_line(line);
    if (complaint && std::ranges::find(complaints, *complaint) == complaints.end()) {
      complaints.push_back(*complaint);
    }
  }
  return complaints;
}

std::string referenced_by(const DiagnosisContext& context, std::string_view symbol) {
  const std::string references = link::describe_references(context.references, symbol);
  return references.empty() ? "" : fmt::format(", referenced by {}", references);
}

// kmod_param_<type>_<name>: how C++ reads a parameter that the module's attribute declares.
std::optional<std::string> explain_parameter(std::string_view symbol,
                                             const DiagnosisContext& context) {
  constexpr std::string_view kAccessor = "kmod_param_";
  if (!symbol.starts_with(kAccessor)) return std::nullopt;
  const std::string_view type_and_name = symbol.substr(kAccessor.size());
  const std::size_t end = type_and_name.find('_');
  if (end == 0 || end == std::string_view::npos || end + 1 == type_and_name.size()) {
    return std::nullopt;
  }
  const std::string_view type = type_and_name.substr(0, end);
  const std::string_view name = type_and_name.substr(end + 1);
  const auto declared = std::ranges::find(context.parameters, name, &ModuleParameter::name);
  if (declared == context.parameters.end()) {
    return fmt::format(
        "{}: the attribute `parameters` lacks the parameter {} of type {}{}. Add it to "
        "`parameters`.",
        context.label, name, type, referenced_by(context, symbol));
  }
  const std::string references = link::describe_references(context.references, symbol);
  return fmt::format(
      "{}: the attribute `parameters` declares {} as {}, and C++ reads it as {}{}{}. Use one type "
      "in both.",
      context.label, name, declared->type, type, references.empty() ? "" : ", in ", references);
}

bool is_cxx_runtime(std::string_view symbol) {
  return symbol == "abort" || symbol == "__cxa_pure_virtual" || symbol == "__cxa_deleted_virtual" ||
         symbol == "_ZSt9terminatev" || symbol.starts_with("_ZSt21__glibcxx_assert_fail") ||
         symbol.starts_with("_Zdl") || symbol.starts_with("_Zda") || symbol.starts_with("kmod_");
}

std::string advice_for_undefined(std::string_view symbol, const DiagnosisContext& context) {
  if (is_cxx_runtime(symbol)) {
    return "It belongs to the C++ runtime: add @rules_kmod//runtime to the deps of the "
           "library that references it.";
  }
  if (base::is_mangled(symbol)) {
    return "It is C++, which a kernel does not export: add the cc_library that defines it to deps, "
           "or define it.";
  }
  const auto near = base::nearest_names(symbol, context.exports.names(), kNearNames);
  return fmt::format(
      "{}{}{}A function that this kernel does not export, or that is inline or a macro, cannot be "
      "linked to. If another module exports it, depend on that module.",
      near.empty() ? "" : "Exported names near it: ", fmt::join(near, ", "),
      near.empty() ? "" : ". ");
}

// A C++ function whose symbol has its types: "base_add(int, int) of //base:base"; empty if there is
// none of that name.
std::string namesake_in_cxx(const std::string& symbol, const DiagnosisContext& context) {
  for (const link::SymbolDefinition& definition : context.definitions) {
    if (!base::is_mangled(definition.symbol)) continue;
    std::string name = definition.symbol;
    if (!context.demangler.demangle({&name})) continue;
    if (name.starts_with(symbol + "(") || name.contains("::" + symbol + "(")) {
      return fmt::format("{} of {}", name, definition.library);
    }
  }
  return "";
}

std::string explain_undefined_export(const std::string& symbol, const DiagnosisContext& context) {
  const std::string namesake = namesake_in_cxx(symbol, context);
  return fmt::format(
      "{}: it exports {}, which nothing in srcs or deps defines. {}", context.label, symbol,
      namesake.empty()
          ? "Define it, or do not export it."
          : fmt::format(
                "{} has another symbol in C++: declare it extern \"C\", in a header that its "
                "source includes.",
                namesake));
}

std::string explain_undefined(const Complaint& complaint, const DiagnosisContext& context) {
  const std::string& symbol = complaint.symbol;
  if (const auto parameter = explain_parameter(symbol, context)) return *parameter;
  if (std::ranges::find(context.own_exports, symbol) != context.own_exports.end()) {
    return explain_undefined_export(symbol, context);
  }
  const std::string references = referenced_by(context, symbol);
  if (const link::ForbiddenKind* kind = link::forbidden_kind(symbol)) {
    return fmt::format("{}: {} used ({}){}. {}", context.label, kind->what, symbol, references,
                       kind->advice);
  }
  const std::string what = base::is_mangled(symbol)
                               ? fmt::format("nothing defines {} ({})", complaint.name, symbol)
                               : fmt::format("the kernel does not export a symbol {}", symbol);
  return fmt::format("{}: {}{}. {}", context.label, what, references,
                     advice_for_undefined(symbol, context));
}

std::string advice_for_gpl_only(std::optional<bool> gpl_compatible) {
  if (gpl_compatible.value_or(false)) {
    return "The attribute `license` is GPL-compatible, but modpost found another MODULE_LICENSE(): "
           "remove it from the module's C sources, or spell it as include/linux/module.h does.";
  }
  return fmt::format(
      "{} is not GPL-compatible: choose \"GPL\", \"Dual MIT/GPL\", \"Dual BSD/GPL\" or \"Dual "
      "MPL/GPL\" if the code may be under it, or do without the symbol.",
      gpl_compatible ? "The attribute `license`"
                     : "The MODULE_LICENSE() in the module's C sources");
}

std::string explain(const Complaint& complaint, const DiagnosisContext& context) {
  const std::string references = referenced_by(context, complaint.symbol);
  switch (complaint.kind) {
    case Kind::kUndefined:
      return explain_undefined(complaint, context);
    case Kind::kUndefinedExport:
      return explain_undefined_export(complaint.symbol, context);
    case Kind::kGplOnly:
      return fmt::format(
          "{}: the kernel exports {} to GPL-compatible modules only (EXPORT_SYMBOL_GPL){}. {}",
          context.label, complaint.symbol, references, advice_for_gpl_only(context.gpl_compatible));
    case Kind::kNamespace:
      return fmt::format(
          "{0}: the kernel exports {1} in the namespace {2}, which the module does not import{3}. "
          "Add import_ns = [\"{2}\"] to the module.",
          context.label, complaint.symbol, complaint.name_space, references);
    case Kind::kUnversioned:
      return fmt::format(
          "{}: the export of {} has no version. kbuild computes versions only for an EXPORT_SYMBOL "
          "in a C source that it compiles for this module: move it into `srcs`, or name {} in "
          "`exports`.",
          context.label, complaint.symbol, complaint.symbol);
    case Kind::kTooLong:
      return fmt::format(
          "{}: the name of {}{} is too long for the kernel to check its version, with {} "
          "characters: it can have 55{}. Export it under a shorter name, in C++ as extern \"C\".",
          context.label, complaint.name,
          complaint.name == complaint.symbol ? "" : fmt::format(" ({})", complaint.symbol),
          complaint.symbol.size(), references);
    case Kind::kExportedTwice:
      return fmt::format(
          "{}: it exports {}, and so does {}: the kernel refuses to load the second. Rename the "
          "function, or declare it static in one of them.",
          context.label, complaint.symbol,
          complaint.name_space == "vmlinux" ? "the kernel itself (vmlinux)"
                                            : fmt::format("the module {}", complaint.name_space));
    case Kind::kNoLicense:
      return fmt::format(
          "{}: the module has no MODULE_LICENSE(). Set the attribute `license`, or put one into a "
          "C source.",
          context.label);
    case Kind::kNoDescription:
      return fmt::format(
          "{}: the module has no MODULE_DESCRIPTION(), which this kernel asks for. Set the "
          "attribute `description`, or put one into a C source.",
          context.label);
  }
  return "";
}

// Of scripts/modules-check.sh, which kbuild runs before modpost: a line, and the modules below it.
std::string explain_name_conflict(std::string_view log, const DiagnosisContext& context) {
  std::vector<std::string_view> modules;
  bool found = false;
  for (std::string_view line : base::split_lines(log)) {
    if (line.ends_with("would cause module name conflict:")) {
      found = true;
    } else if (found && line.starts_with("  ") && line.ends_with(".ko")) {
      modules.push_back(line.substr(2));
    } else if (found) {
      break;
    }
  }
  if (modules.empty()) return "";
  return fmt::format(
      "{}: its Makefiles build two modules of one name: {}. A kernel loads only one of them. Build "
      "them by two targets, each with the Makefile of one.",
      context.label, fmt::join(modules, " and "));
}

// Of modpost, about an object that kbuild did not compile: ".vendor.o.cmd: No such file or
// directory".
std::string explain_missing_command(std::string_view log, const DiagnosisContext& context) {
  constexpr std::string_view kEnd = ".o.cmd: No such file or directory";
  for (std::string_view line : base::split_lines(log)) {
    if (!line.ends_with(kEnd)) continue;
    line.remove_suffix(kEnd.size());
    const std::size_t slash = line.rfind('/') + 1;  // npos + 1 is 0
    if (line.substr(slash).size() < 2 || line[slash] != '.') continue;
    const std::string name = fmt::format("{}.o", line.substr(slash + 1));
    return fmt::format(
        "{0}: {1} was compiled without kbuild, and modpost asks for the file in which kbuild notes "
        "how. Add this line to the Makefile that lists {1}: $(shell touch $(obj)/.{1}.cmd)",
        context.label, name);
  }
  return "";
}

}  // namespace

std::vector<std::string> diagnose_modpost(std::string_view log, const DiagnosisContext& context) {
  std::vector<Complaint> complaints = parse_complaints(log);
  DiagnosisContext readable = context;
  std::erase_if(readable.references, [&](const link::SymbolReference& reference) {
    return std::ranges::find(complaints, reference.symbol, &Complaint::symbol) == complaints.end();
  });
  std::vector<std::string*> names;
  names.reserve(complaints.size() + readable.references.size());
  for (Complaint& complaint : complaints) names.push_back(&complaint.name);
  for (link::SymbolReference& reference : readable.references) {
    names.push_back(&reference.referrer);
  }
  std::vector<std::string> messages;
  if (const base::Status done = context.demangler.demangle(names); !done) {
    messages.push_back(fmt::format("{}: {}", context.label, done.error()));
  }
  for (const Complaint& complaint : complaints) messages.push_back(explain(complaint, readable));
  for (std::string message :
       {explain_name_conflict(log, context), explain_missing_command(log, context)}) {
    if (!message.empty()) messages.push_back(std::move(message));
  }
  return messages;
}

}  // namespace kmod::kbuild
