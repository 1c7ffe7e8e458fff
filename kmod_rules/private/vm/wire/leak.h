// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_LEAK_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_LEAK_H_

#include <cstdint>
#include <string>
#include <vector>

namespace kmod::vm {

// A return address in a module's code: the address after the call. `module` and `section` are empty
// and `offset` is 0 for code that the probe does not know: that of a module that the kernel refused
// to load, and whose sections were gone before they could be read.
struct ModuleAddress {
  std::string module;
  std::string section;       // such as .init.text
  std::uint64_t offset = 0;  // bytes from the start of the section
  std::uint64_t address = 0;

  bool operator==(const ModuleAddress&) const = default;
};

// Something that modules left in the kernel.
struct Leak {
  std::string kind;         // "kmalloc memory", "kernel thread", ...
  std::string name;         // as the kernel calls it: the slab cache, the thread; may be empty
  std::uint64_t count = 1;  // the number of similar pieces
  std::uint64_t bytes = 0;  // of all pieces together; 0 if it is not memory
  std::vector<ModuleAddress> stack;  // the frames of modules that made it, innermost first
  bool by_kernel = false;            // memory that a function of the kernel allocated for a module

  bool operator==(const Leak&) const = default;
};

// Describes it: "3 pieces of kmalloc memory (kmalloc-96), 288 bytes".
[[nodiscard]] std::string what(const Leak& leak);

// Describes a place: "lossy .exit.text+0x11".
[[nodiscard]] std::string describe(const ModuleAddress& place);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_LEAK_H_
