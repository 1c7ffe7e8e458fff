// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_VERDICT_TAINT_H_
#define KMOD_RULES_PRIVATE_VM_VERDICT_TAINT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

inline constexpr std::uint64_t kTaintBadPage = 1ULL << 5;  // B: also damaged slab memory
inline constexpr std::uint64_t kTaintDied = 1ULL << 7;     // D: there was an oops or a BUG
inline constexpr std::uint64_t kTaintWarned = 1ULL << 9;   // W: there was a warning

// O and E: every module from outside the distribution is out of tree and unsigned.
inline constexpr std::uint64_t kTaintExpected = (1ULL << 12) | (1ULL << 13);

// The bits in order, each as the letter that the kernel prints for it and its meaning: "O
// (out-of-tree module), E (unsigned module)". A bit without a letter is "bit <n>".
[[nodiscard]] std::string describe_taint(std::uint64_t mask);

// Errors: a letter that the kernel does not use; the message lists the letters that it uses.
[[nodiscard]] base::Result<std::uint64_t> parse_taint(std::string_view letters);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_VERDICT_TAINT_H_
