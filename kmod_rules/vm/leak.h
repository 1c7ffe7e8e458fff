// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_VM_LEAK_H_
#define KMOD_RULES_VM_LEAK_H_

#include <cstdint>
#include <string>
#include <vector>

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

// Something that modules left in the kernel.
struct Leak {
  std::string kind;         // "kmalloc memory", "kernel thread", ...
  std::string name;         // as the kernel calls it: the slab cache, the thread; may be empty
  std::uint64_t count = 1;  // so many pieces alike
  std::uint64_t bytes = 0;  // of all of them together; 0 for what is no memory
  std::vector<ModuleAddress> stack;  // the frames of modules where it was made, innermost first

  bool operator==(const Leak&) const = default;
};

// What it is: "3 pieces of kmalloc memory (kmalloc-96), 288 bytes".
[[nodiscard]] std::string what(const Leak& leak);

// And where it was made: "..., made at lossy .text+0xf < lossy .exit.text+0x11".
[[nodiscard]] std::string describe(const Leak& leak);

}  // namespace kmod::vm

#endif  // KMOD_RULES_VM_LEAK_H_
