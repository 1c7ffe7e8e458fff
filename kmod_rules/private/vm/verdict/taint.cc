// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/verdict/taint.h"

#include <fmt/core.h>

#include <array>

namespace kmod::vm {
namespace {

struct TaintBit {
  char letter;
  std::string_view meaning;
};

// Documentation/admin-guide/tainted-kernels.rst; the index is the bit.
constexpr std::array<TaintBit, 20> kBits = {{
    {'P', "proprietary module"},
    {'F', "module loaded by force"},
    {'S', "kernel out of its specification"},
    {'R', "module unloaded by force"},
    {'M', "machine check"},
    {'B', "bad page"},
    {'U', "taint requested by a user"},
    {'D', "oops or BUG"},
    {'A', "ACPI table overridden"},
    {'W', "warning"},
    {'C', "staging driver"},
    {'I', "firmware bug worked around"},
    {'O', "out-of-tree module"},
    {'E', "unsigned module"},
    {'L', "soft lockup"},
    {'K', "live patch"},
    {'X', "auxiliary, by the distribution"},
    {'T', "structure layout randomized"},
    {'N', "in-kernel test"},
    {'J', "user access to a mutating debug operation"},
}};

}  // namespace

std::string describe_taint(std::uint64_t mask) {
  std::string text;
  for (unsigned bit = 0; bit < 64; ++bit) {
    if ((mask >> bit & 1) == 0) continue;
    if (!text.empty()) text += ", ";
    if (bit < kBits.size()) {
      text += fmt::format("{} ({})", kBits[bit].letter, kBits[bit].meaning);
    } else {
      text += fmt::format("bit {}", bit);
    }
  }
  return text.empty() ? "none" : text;
}

base::Result<std::uint64_t> parse_taint(std::string_view letters) {
  std::uint64_t mask = 0;
  for (char letter : letters) {
    std::size_t bit = 0;
    while (bit < kBits.size() && kBits[bit].letter != letter) ++bit;
    if (bit == kBits.size()) {
      std::string known;
      for (const TaintBit& entry : kBits) known.push_back(entry.letter);
      return std::unexpected(
          fmt::format("'{}' is not a taint letter; the kernel's are {}", letter, known));
    }
    mask |= 1ULL << bit;
  }
  return mask;
}

}  // namespace kmod::vm
