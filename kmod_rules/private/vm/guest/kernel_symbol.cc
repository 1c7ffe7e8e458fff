// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/kernel_symbol.h"

#include <cstdlib>
#include <fstream>

namespace kmod::vm {

std::uint64_t find_kernel_symbol(const std::string& name) {
  // "ffffffff8115c0f0 t do_init_module"
  std::ifstream symbols("/proc/kallsyms");
  const std::string end = " " + name;
  for (std::string line; std::getline(symbols, line);) {
    if (line.ends_with(end)) return std::strtoull(line.c_str(), nullptr, 16);
  }
  return 0;
}

}  // namespace kmod::vm
