// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads and writes Module.symvers, kbuild's list of what a kernel or a module exports.
#ifndef KMOD_RULES_PRIVATE_KERNEL_SYMVERS_H_
#define KMOD_RULES_PRIVATE_KERNEL_SYMVERS_H_

#include <expected>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kmod::kernel {

class Symvers {
 public:
  struct Export {
    std::string symbol;
    std::string module;  // "vmlinux", or a module's path without its .ko
    bool gpl_only = false;
    std::string name_space;  // empty for most
  };

  // A line is `crc<TAB>symbol<TAB>module<TAB>EXPORT_SYMBOL[_GPL][<TAB>namespace]`: the fifth field
  // came with 5.4. Later files add to earlier ones.
  //
  // Errors: a line of another shape, named by `name` and its number.
  [[nodiscard]] std::expected<void, std::string> add(std::string_view text, std::string_view name);

  // Null when nothing exports the symbol.
  [[nodiscard]] const Export* find(std::string_view symbol) const;

  // In the order of the files.
  [[nodiscard]] std::vector<std::string_view> names() const;

 private:
  std::vector<Export> exports_;
  std::unordered_map<std::string, std::size_t> index_;
};

// The file that kbuild wrote for a module, fit to be an output: kbuild names the module by the
// absolute path that it was built at, which the result may not depend on.
[[nodiscard]] std::string with_module_name(std::string_view symvers, std::string_view module);

}  // namespace kmod::kernel

#endif  // KMOD_RULES_PRIVATE_KERNEL_SYMVERS_H_
