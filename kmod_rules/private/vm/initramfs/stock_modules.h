// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Chooses the modules of the kernel itself, its stock modules, that a guest has to load before the
// modules of a user.
#ifndef KMOD_RULES_PRIVATE_VM_INITRAMFS_STOCK_MODULES_H_
#define KMOD_RULES_PRIVATE_VM_INITRAMFS_STOCK_MODULES_H_

#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/kernel/module_index.h"
#include "kmod_rules/private/kernel/symvers.h"

namespace kmod::vm {

struct StockModulesRequest {
  struct UserModule {
    std::string path;   // in the initramfs
    std::string file;   // the .ko
    std::string label;  // its target, for error messages
  };

  // A module of the kernel that module_deps of a user's module name.
  struct StockDep {
    std::string name;   // or its alias
    std::string label;  // its target, for error messages
  };

  std::string kernel;     // its label, for error messages
  std::string release;    // as uname -r prints it
  std::string directory;  // its lib/modules/RELEASE; empty if it is not there
  std::string index;      // the directory of depmod's files for it
  std::string symvers;    // the kernel's Module.symvers
  std::string xz;         // the programs that unpack .ko.xz and .ko.zst
  std::string zstd;
  std::vector<std::string> wanted;    // names or aliases to load, in addition
  std::vector<std::string> optional;  // to have in the guest if they exist, not to load
  std::vector<StockDep> deps;         // to load as well
  std::vector<UserModule> modules;    // in load order
};

struct StockModule {
  std::string name;      // as in /proc/modules
  std::string path;      // in the initramfs, relative
  std::string contents;  // the .ko, unpacked
  bool required = true;  // otherwise it may refuse to load
};

struct StockModules {
  std::vector<StockModule> loaded;     // in load order
  std::vector<StockModule> available;  // the others
};

// Errors: a module that a user's module or `wanted` needs does not exist; the message says which
// symbol needs it. A file that cannot be read or unpacked.
[[nodiscard]] base::Result<StockModules> choose_stock_modules(const StockModulesRequest& request);

// The lines of a plan that load the modules.
[[nodiscard]] std::string plan_lines(const StockModules& modules);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_INITRAMFS_STOCK_MODULES_H_
