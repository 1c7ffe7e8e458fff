// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/link/object_checks.h"

#include <set>
#include <string_view>
#include <utility>

#include "kmod_rules/private/base/demangle.h"
#include "kmod_rules/private/module/link/forbidden_symbol.h"
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
};

// The first thing that a table of an object points at: for .init_array a constructor.
std::string first_target(const base::ElfObject& object, std::string_view section_name) {
  for (std::uint32_t index = 0; index < object.sections().size(); ++index) {
    if (!base::is_section_family(object.sections()[index].name, section_name)) continue;
    for (const base::ElfObject::Relocation& relocation : object.relocations(index)) {
      const base::ElfObject::Symbol& symbol = object.symbols()[relocation.symbol];
      // A local function is named by its section and a distance.
      const base::ElfObject::Symbol* target =
          symbol.name.empty() && relocation.addend >= 0
              ? object.enclosing(symbol.section,
                                 symbol.value + static_cast<std::uint64_t>(relocation.addend))
              : &symbol;
      if (target != nullptr) return base::describe_referrer(target->name, true);
    }
  }
  return "";
}

class Findings {
 public:
  explicit Findings(const std::string& label) : label_(label) {}

  void add(const ForbiddenKind& kind, const LinkedObject& linked, const std::string& referrer) {
    if (!seen_.emplace(&kind, linked.library).second) return;
    std::string text =
        label_ + ": " + std::string(kind.what) + " used by " + linked.library + " (" + linked.file;
    if (!referrer.empty()) text += ", in " + referrer;
    messages_.push_back(text + "). " + std::string(kind.advice));
  }

  std::vector<std::string> take() { return std::move(messages_); }

 private:
  const std::string& label_;
  std::set<std::pair<const ForbiddenKind*, std::string>> seen_;
  std::vector<std::string> messages_;
};

}  // namespace

std::vector<std::string> check_objects(const std::string& label, const base::ElfObject& result,
                                       const std::vector<LinkedObject>& linked,
                                       const kernel::Symvers& exports) {
  const auto undefined = undefined_symbols(result);
  const std::set<std::string_view> wanted(undefined.begin(), undefined.end());

  Findings findings(label);
  for (const LinkedObject& input : linked) {
    for (const SymbolReference& reference : find_references(input.object, input.library)) {
      const ForbiddenKind* const kind = forbidden_kind(reference.symbol);
      if (kind == nullptr || !wanted.contains(reference.symbol)) continue;
      if (exports.find(reference.symbol) != nullptr) continue;
      findings.add(*kind, input, reference.referrer);
    }
    for (const SectionRule& rule : kSectionRules) {
      if (!result.has_content(rule.section) || !input.object.has_content(rule.section)) continue;
      findings.add(*rule.kind, input, first_target(input.object, rule.section));
    }
  }
  return findings.take();
}

std::vector<std::string> check_entries(const std::string& label, const base::ElfObject& result,
                                       const std::vector<std::string>& entries) {
  std::set<std::string_view> defined;
  for (const base::ElfObject::Symbol& symbol : result.symbols()) {
    if (symbol.section != 0) defined.insert(symbol.name);
  }
  std::vector<std::string> messages;
  for (const std::string& entry : entries) {
    if (defined.contains(entry)) continue;
    messages.push_back(
        label + ": none of the libraries defines " + base::demangle(entry) +
        ", where the module is entered. Put KMOD_MODULE(YourClass); of \"kmod/module.h\" into a "
        "source of one of the deps.");
  }
  return messages;
}

}  // namespace kmod::link
