// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_MODULE_SYMBOLS_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_MODULE_SYMBOLS_H_

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/vm/report/stack_frame.h"

namespace kmod::vm {

// A place in a module's file.
struct SectionOffset {
  std::string section;
  std::uint64_t offset = 0;  // bytes

  auto operator<=>(const SectionOffset&) const = default;
};

// The functions of a module, by the names and sizes that the kernel gives them. All sections of a
// module's file begin at 0, so that only section and offset together are a place.
class ModuleSymbols {
 public:
  // Errors: what is wrong with the .ko, without its name.
  [[nodiscard]] static std::expected<ModuleSymbols, std::string> parse(std::string_view ko);

  // The instruction that a frame is about: its own for one that is exact, else the call before the
  // address that the call returns to. A name that the kernel cut short stands for every longer one.
  // Several static functions of one name are told apart by the size that the kernel prints, which
  // is the distance to the next symbol in memory.
  //
  // Errors: there is no such function, or more than one fits.
  [[nodiscard]] std::expected<SectionOffset, std::string> find(const StackFrame& frame) const;

 private:
  struct Function {
    std::string name;
    std::string section;
    std::uint64_t start = 0;   // bytes from the section's beginning
    std::uint64_t room = 0;    // bytes from there to the section's end
    std::uint64_t memory = 0;  // where it begins in memory, bytes from the first section there
    std::optional<std::uint64_t> next;  // where the next symbol does, unless this is the last one
  };

  [[nodiscard]] static bool fits(const Function& function, std::uint64_t size);

  std::vector<Function> functions_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_REPORT_MODULE_SYMBOLS_H_
