// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads and writes Module.symvers, kbuild's list of the symbols that a kernel or a module exports.
#ifndef KMOD_RULES_PRIVATE_KERNEL_SYMVERS_H_
#define KMOD_RULES_PRIVATE_KERNEL_SYMVERS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::kernel {

class Symvers {
 public:
  struct Export {
    std::string symbol;
    std::string module;  // "vmlinux", or a module's path without its .ko
    bool gpl_only = false;
    std::string name_space;  // empty for most
    std::uint32_t crc = 0;   // the version, 0 without CONFIG_MODVERSIONS
  };

  // A line is `crc<TAB>symbol<TAB>module<TAB>EXPORT_SYMBOL[_GPL][<TAB>namespace]`; Linux 5.4 added
  // the fifth field. If two files export a symbol, the first one counts.
  //
  // Errors: a line of another form, by `name` and its number.
  [[nodiscard]] base::Status add(std::string_view text, std::string_view name);

  // Null if nothing exports the symbol.
  [[nodiscard]] const Export* find(std::string_view symbol) const;

  // In the order of the files, with all exports of one symbol.
  [[nodiscard]] const std::vector<Export>& exports() const { return exports_; }

  // In the order of the files.
  [[nodiscard]] std::vector<std::string_view> names() const;

 private:
  std::vector<Export> exports_;
  std::unordered_map<std::string, std::size_t> index_;
};

// The file that kbuild wrote for a module, with the module's name instead of the absolute path at
// which kbuild built it, so that the output does not depend on that path.
[[nodiscard]] std::string with_module_name(std::string_view symvers, std::string_view module);

}  // namespace kmod::kernel

#endif  // KMOD_RULES_PRIVATE_KERNEL_SYMVERS_H_
