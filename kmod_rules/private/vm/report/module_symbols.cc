// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/report/module_symbols.h"

#include <elf.h>
#include <fmt/core.h>

#include <set>
#include <vector>

#include "kmod_rules/private/base/elf_object.h"

namespace kmod::vm {
namespace {

// The longest name that the kernel prints is KSYM_NAME_LEN - 1: 127 before Linux 6.1, 511 since.
bool may_be_cut(std::string_view name) { return name.size() == 127 || name.size() == 511; }

constexpr std::uint64_t kPage = 4096;

// The layout of code by the module loader: sections in the order of the file, with those of init
// apart. Observed on Linux 6.1 on x86; with another layout, no size fits functions that share a
// name.
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

base::Result<ModuleSymbols> ModuleSymbols::parse(std::string_view ko) {
  const base::ElfObject object = KMOD_TRY(base::ElfObject::parse(ko));
  const Layout layout(object);
  ModuleSymbols symbols;
  for (const auto& symbol : object.symbols()) {
    if (!layout.has_code(symbol)) continue;
    const auto& section = object.sections()[symbol.section];
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

// The size of the last symbol reaches to the end of the page.
bool ModuleSymbols::fits(const Function& function, std::uint64_t size) {
  if (function.next) return *function.next - function.memory == size;
  return size >= function.room && (function.memory + size) % kPage == 0;
}

base::Result<SectionOffset> ModuleSymbols::find(const StackFrame& frame) const {
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
    return std::unexpected(
        fmt::format("has {} functions {}, of which {} fit the size that the kernel prints", count,
                    frame.symbol, named.size()));
  }
  const Function& function = *named.front();
  if (frame.offset > function.room) {
    return std::unexpected(
        fmt::format("ends {} bytes after {}, so it is not the file that was loaded", function.room,
                    frame.symbol));
  }
  const std::uint64_t back = frame.exact || frame.offset == 0 ? 0 : 1;
  return SectionOffset{function.section, function.start + frame.offset - back};
}

}  // namespace kmod::vm
