// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_LEAK_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_LEAK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/wire/module_address.h"

namespace kmod::vm {

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

// A place as text: "lossy .exit.text+0x11".
[[nodiscard]] std::string describe(const ModuleAddress& place);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_LEAK_H_
