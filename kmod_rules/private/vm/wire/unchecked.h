// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_WIRE_UNCHECKED_H_
#define KMOD_RULES_PRIVATE_VM_WIRE_UNCHECKED_H_

#include <array>
#include <string>

namespace kmod::vm {

// The checks of the guest that a kernel may make impossible, by the names that a test uses in its
// attribute `unchecked`.
inline constexpr const char* kUncheckedCalls = "calls";      // what is left to be called
inline constexpr const char* kUncheckedKmalloc = "kmalloc";  // memory of kmalloc()
inline constexpr const char* kUncheckedState = "state";      // the files of the kernel's state
inline constexpr std::array kUncheckable = {kUncheckedCalls, kUncheckedKmalloc, kUncheckedState};

// A check that the guest could not do.
struct Unchecked {
  std::string check;      // one of kUncheckable
  std::string reason;     // why, part of a sentence
  bool inherent = false;  // no kernel of this version can do it

  bool operator==(const Unchecked&) const = default;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_WIRE_UNCHECKED_H_
