// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads what a kernel module says of itself.
#ifndef KMOD_RULES_PRIVATE_KERNEL_MODULE_INFO_H_
#define KMOD_RULES_PRIVATE_KERNEL_MODULE_INFO_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::kernel {

// The names of modules, or their aliases, that modprobe loads before and after another one.
struct SoftDependencies {
  std::vector<std::string> pre = {};
  std::vector<std::string> post = {};

  bool operator==(const SoftDependencies&) const = default;
};

// Parses "pre: a b post: c". Words before the first keyword are ignored, as modprobe does.
[[nodiscard]] SoftDependencies parse_soft_dependencies(std::string_view text);

struct ModuleInfo {
  struct Version {
    std::string symbol;
    std::uint32_t crc = 0;
  };

  std::string name = {};  // as the kernel knows it; empty before Linux 4.13
  std::string vermagic = {};
  std::vector<std::string> depends = {};  // modules whose symbols it uses, written by modpost
  SoftDependencies soft = {};
  std::vector<Version> versions = {};  // of symbols that it uses; empty without CONFIG_MODVERSIONS
  std::vector<std::string> exported = {};
  std::vector<std::string> undefined = {};  // what the kernel or another module has to export
};

// Reads the section .modinfo and the symbol table of a .ko.
//
// Errors: the bytes are not an ELF object, or it has no .modinfo. The message does not name the
// file.
[[nodiscard]] base::Result<ModuleInfo> parse_module_info(std::string_view ko);

// A module's name as the kernel knows it: "dm_mod" for "dm-mod".
[[nodiscard]] std::string kernel_name(std::string_view name);

}  // namespace kmod::kernel

#endif  // KMOD_RULES_PRIVATE_KERNEL_MODULE_INFO_H_
