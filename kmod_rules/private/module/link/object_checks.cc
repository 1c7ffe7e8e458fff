// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/object_checks.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "kmod_rules/private/module/link/forbidden_symbol.h"
#include "kmod_rules/private/module/link/refused_relocation.h"
#include "kmod_rules/private/module/link/symbol_references.h"

namespace kmod::link {
namespace {

struct SectionRule {
  std::string_view section;
  const ForbiddenKind* kind;
};
const SectionRule kSectionRules[] = {
    {".preinit_array", &kStaticConstructor},
    {".init_array", &kStaticConstructor},
    {".fini_array", &kStaticConstructor},
    {".ctors", &kStaticConstructor},
    {".dtors", &kStaticConstructor},
    {".eh_frame", &kUnwindTables},
    {".gcc_except_table", &kUnwindTables},
    {".tdata", &kThreadLocal},
    {".tbss", &kThreadLocal},
    {"__llvm_prf_cnts", &kProfile},
};

// The compiler's own constructors, which say what they are for.
struct ConstructorRule {
  std::string_view part;  // of the function's name
  const ForbiddenKind* kind;
};
const ConstructorRule kConstructorRules[] = {
    {"san.module_ctor", &kSanitizer},
    {"sancov.module_ctor", &kSanitizer},
    {"__llvm_gcov_init", &kProfile},
};

const ForbiddenKind* kind_of_section(const ForbiddenKind* kind, std::string_view target) {
  if (kind != &kStaticConstructor) return kind;
  for (const ConstructorRule& rule : kConstructorRules) {
    if (target.contains(rule.part)) return rule.kind;
  }
  return kind;
}

// Whether it is the constructor of a check that the kernel was built with. That of KASAN registers
// an object's global variables: such a kernel has CONFIG_CONSTRUCTORS, so its module loader runs
// it. That of KCSAN does nothing. GCC names both after their priority, which it reserves.
bool is_constructor_of_kernel_check(std::string_view function, const kernel::Symvers& exports) {
  const bool has_kasan = exports.find("__asan_register_globals") != nullptr;
  const bool has_kcsan = exports.find("__tsan_init") != nullptr;
  return (function == "asan.module_ctor" && has_kasan) ||
         (function == "tsan.module_ctor" && has_kcsan) ||
         (function.starts_with("_sub_I_00099_") && (has_kasan || has_kcsan));
}

// The first forbidden function in a table of an object: for .init_array, a constructor. An empty
// name if it is not known; std::nullopt if the table has only those of the kernel's own checks.
std::optional<std::string> first_target(const base::ElfObject& object,
                                        std::string_view section_name,
                                        const kernel::Symvers& exports) {
  bool is_of_kernel_check = false;
  for (std::uint32_t index = 0; index < object.sections().size(); ++index) {
    if (!base::is_section_family(object.sections()[index].name, section_name)) continue;
    for (const base::ElfObject::Relocation& relocation : object.relocations(index)) {
      const base::ElfObject::Symbol& symbol = object.symbols()[relocation.symbol];
      // A relocation names a local function by its section and an offset.
      const base::ElfObject::Symbol* target =
          symbol.name.empty() && relocation.addend >= 0
              ? object.enclosing(symbol.section,
                                 symbol.value + static_cast<std::uint64_t>(relocation.addend))
              : &symbol;
      if (target == nullptr) continue;
      if (!is_constructor_of_kernel_check(target->name, exports)) {
        return base::describe_referrer(target->name, true);
      }
      is_of_kernel_check = true;
    }
  }
  return is_of_kernel_check ? std::nullopt : std::optional("");
}

struct Fault {
  const ForbiddenKind* kind;
  const LinkedObject* input;
  std::string referrer;  // may be empty
};

// One fault of each kind in each library is enough: the first.
void add_fault(Fault fault, std::vector<Fault>& faults) {
  const bool known = std::ranges::any_of(faults, [&](const Fault& other) {
    return other.kind == fault.kind && other.input->library == fault.input->library;
  });
  if (!known) faults.push_back(std::move(fault));
}

std::vector<Fault> find_faults(const base::ElfObject& result,
                               const std::vector<LinkedObject>& linked,
                               const kernel::Symvers& exports) {
  const auto undefined = undefined_symbols(result);
  const std::set<std::string_view> missing(undefined.begin(), undefined.end());
  const bool refused = !find_refused_relocations(result).empty();
  std::vector<Fault> faults;
  for (const LinkedObject& input : linked) {
    for (const SymbolReference& reference : find_references(input.object, input.library)) {
      const ForbiddenKind* const kind = forbidden_kind(reference.symbol);
      if (kind == nullptr || !kind->reserved || !missing.contains(reference.symbol)) continue;
      if (exports.find(reference.symbol) != nullptr) continue;
      add_fault({.kind = kind, .input = &input, .referrer = reference.referrer}, faults);
    }
    for (const SectionRule& rule : kSectionRules) {
      if (!result.has_content(rule.section) || !input.object.has_content(rule.section)) continue;
      std::optional<std::string> target = first_target(input.object, rule.section, exports);
      if (!target) continue;
      const ForbiddenKind* const kind = kind_of_section(rule.kind, *target);
      add_fault({.kind = kind, .input = &input, .referrer = *std::move(target)}, faults);
    }
    if (!refused) continue;
    for (const RefusedRelocation& relocation : find_refused_relocations(input.object)) {
      add_fault({.kind = relocation.kind, .input = &input, .referrer = relocation.referrer},
                faults);
    }
  }
  return faults;
}

// Adds a message if the names in the others are not readable.
void demangle(const std::string& label, const base::Demangler& demangler,
              const std::vector<std::string*>& names, std::vector<std::string>& messages) {
  if (const base::Status done = demangler.demangle(names); !done) {
    messages.push_back(fmt::format("{}: {}", label, done.error()));
  }
}

}  // namespace

std::vector<std::string> check_objects(const std::string& label, const base::ElfObject& result,
                                       const std::vector<LinkedObject>& linked,
                                       const kernel::Symvers& exports,
                                       const base::Demangler& demangler) {
  std::vector<Fault> faults = find_faults(result, linked, exports);
  std::vector<std::string> messages;
  std::vector<std::string*> names;
  names.reserve(faults.size());
  for (Fault& fault : faults) names.push_back(&fault.referrer);
  demangle(label, demangler, names, messages);
  for (const Fault& fault : faults) {
    messages.push_back(fmt::format("{}: {} used by {} ({}{}{}). {}", label, fault.kind->what,
                                   fault.input->library, fault.input->file,
                                   fault.referrer.empty() ? "" : ", in ", fault.referrer,
                                   fault.kind->advice));
  }
  return messages;
}

std::vector<std::string> check_entries(const std::string& label, const base::ElfObject& result,
                                       const std::vector<std::string>& entries,
                                       const base::Demangler& demangler) {
  std::set<std::string_view> defined;
  for (const base::ElfObject::Symbol& symbol : result.symbols()) {
    if (!symbol.undefined()) defined.insert(symbol.name);
  }
  std::vector<std::string> missing;
  for (const std::string& entry : entries) {
    if (!defined.contains(entry)) missing.push_back(entry);
  }
  std::vector<std::string> messages;
  std::vector<std::string*> names;
  names.reserve(missing.size());
  for (std::string& entry : missing) names.push_back(&entry);
  demangle(label, demangler, names, messages);
  for (const std::string& entry : missing) {
    messages.push_back(fmt::format(
        "{}: none of the libraries defines {}, the module's entry point. Put "
        "KMOD_MODULE(YourClass); of \"kmod/module.h\", or in Rust kmod::module!(YourType);, into a "
        "source of one of the deps.",
        label, entry));
  }
  return messages;
}

}  // namespace kmod::link
