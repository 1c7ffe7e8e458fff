// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_MODULE_ADDRESS_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_MODULE_ADDRESS_H_

#include <cstdint>
#include <string>

namespace kmod::vm {

// An address in a module's code, as a return address on a stack: it is behind the call. `module`
// and `section` are empty, and `offset` is 0, for code of which the probe was never told: that of a
// module that the kernel refused to load, whose place nobody could ask for in time.
struct ModuleAddress {
  std::string module;
  std::string section;       // such as .init.text
  std::uint64_t offset = 0;  // bytes from the start of the section
  std::uint64_t address = 0;

  bool operator==(const ModuleAddress&) const = default;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_MODULE_ADDRESS_H_
