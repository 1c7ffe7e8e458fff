// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_REPORT_MODULE_SYMBOLS_H_
#define KMOD_RULES_PRIVATE_VM_REPORT_MODULE_SYMBOLS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/report/stack_trace.h"

namespace kmod::vm {

// A place in a module's file.
struct SectionOffset {
  std::string section;
  std::uint64_t offset = 0;  // bytes

  auto operator<=>(const SectionOffset&) const = default;
};

// The functions of a module, by the names and sizes that the kernel prints. Every section of a
// module's file begins at address 0, so a place is a section and an offset.
class ModuleSymbols {
 public:
  // Errors: `ko` is not a usable module; the message does not name the file.
  [[nodiscard]] static base::Result<ModuleSymbols> parse(std::string_view ko);

  // The instruction of a frame: its address if that is exact, else the call before the return
  // address. A name that the kernel cut short matches every longer one. Static functions with the
  // same name are told apart by the size that the kernel prints, which is the distance to the next
  // symbol in memory.
  //
  // Errors: no function matches, or more than one.
  [[nodiscard]] base::Result<SectionOffset> find(const StackFrame& frame) const;

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
