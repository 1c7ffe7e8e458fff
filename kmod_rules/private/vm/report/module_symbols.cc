// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/module_symbols.h"

#include <elf.h>

#include <set>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"

namespace kmod::vm {
namespace {

// The longest name that a kernel prints: KSYM_NAME_LEN - 1 before Linux 6.1 and from it on.
bool may_be_cut(std::string_view name) { return name.size() == 127 || name.size() == 511; }

constexpr std::uint64_t kPage = 4096;

// How the module loader lays out code: sections in the order of the file, those of init apart. Seen
// on Linux 6.1 on x86; of a kernel that does otherwise, functions of one name fit no size.
class Layout {
 public:
  explicit Layout(const base::ElfObject& object) : places_(object.sections().size()) {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const auto& section = object.sections()[i];
      if (!section.allocated() || (section.flags & SHF_EXECINSTR) == 0) continue;
      Area& area = section.name.starts_with(".init") ? init_ : core_;
      area.end = (area.end + section.alignment - 1) / section.alignment * section.alignment;
      places_[i] = {&area, area.end};
      area.end += section.size;
    }
    for (const auto& symbol : object.symbols()) {
      if (has_code(symbol)) places_[symbol.section].area->starts.insert(memory(symbol));
    }
  }
  Layout(const Layout&) = delete;
  Layout& operator=(const Layout&) = delete;

  [[nodiscard]] bool has_code(const base::ElfObject::Symbol& symbol) const {
    return !symbol.name.empty() && symbol.section < places_.size() &&
           places_[symbol.section].area != nullptr;
  }

  [[nodiscard]] std::uint64_t memory(const base::ElfObject::Symbol& symbol) const {
    return places_[symbol.section].start + symbol.value;
  }

  [[nodiscard]] std::optional<std::uint64_t> next(const base::ElfObject::Symbol& symbol) const {
    const std::set<std::uint64_t>& starts = places_[symbol.section].area->starts;
    const auto found = starts.upper_bound(memory(symbol));
    if (found == starts.end()) return std::nullopt;
    return *found;
  }

 private:
  struct Area {
    std::uint64_t end = 0;
    std::set<std::uint64_t> starts;  // of symbols
  };
  struct Place {
    Area* area = nullptr;
    std::uint64_t start = 0;
  };

  Area core_;
  Area init_;
  std::vector<Place> places_;  // by section
};

}  // namespace

std::expected<ModuleSymbols, std::string> ModuleSymbols::parse(std::string_view ko) {
  const auto object = base::ElfObject::parse(ko);
  if (!object) return std::unexpected(object.error());
  const Layout layout(*object);
  ModuleSymbols symbols;
  for (const auto& symbol : object->symbols()) {
    if (!layout.has_code(symbol)) continue;
    const auto& section = object->sections()[symbol.section];
    if (symbol.value > section.size) return std::unexpected("has a function outside its section");
    symbols.functions_.push_back({.name = std::string(symbol.name),
                                  .section = std::string(section.name),
                                  .start = symbol.value,
                                  .room = section.size - symbol.value,
                                  .memory = layout.memory(symbol),
                                  .next = layout.next(symbol)});
  }
  return symbols;
}

// Behind the last symbol, the kernel counts to the end of the page.
bool ModuleSymbols::fits(const Function& function, std::uint64_t size) {
  if (function.next) return *function.next - function.memory == size;
  return size >= function.room && (function.memory + size) % kPage == 0;
}

std::expected<SectionOffset, std::string> ModuleSymbols::find(const StackFrame& frame) const {
  const bool cut = may_be_cut(frame.symbol);
  std::vector<const Function*> named;
  for (const Function& function : functions_) {
    if (function.name == frame.symbol || (cut && function.name.starts_with(frame.symbol))) {
      named.push_back(&function);
    }
  }
  if (named.empty()) return std::unexpected("has no function " + frame.symbol);
  const std::size_t count = named.size();
  if (count > 1) {
    std::erase_if(named, [&](const Function* function) { return !fits(*function, frame.size); });
  }
  if (named.size() != 1) {
    return std::unexpected("has " + std::to_string(count) + " functions " + frame.symbol +
                           ", of which " + std::to_string(named.size()) +
                           " fit the size that the kernel prints");
  }
  const Function& function = *named.front();
  if (frame.offset > function.room) {
    return std::unexpected("ends " + std::to_string(function.room) + " bytes after " +
                           frame.symbol + ", so it is not the file that was loaded");
  }
  const std::uint64_t back = frame.exact || frame.offset == 0 ? 0 : 1;
  return SectionOffset{function.section, function.start + frame.offset - back};
}

}  // namespace kmod::vm
