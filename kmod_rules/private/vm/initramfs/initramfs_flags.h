// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_INITRAMFS_INITRAMFS_FLAGS_H_
#define KMOD_RULES_PRIVATE_VM_INITRAMFS_INITRAMFS_FLAGS_H_

#include <functional>
#include <string>
#include <vector>

#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/vm/initramfs/initramfs.h"
#include "kmod_rules/private/vm/initramfs/stock_modules.h"

namespace kmod::vm {

// What write_initramfs is asked to do.
struct InitramfsRequest {
  std::string label;  // the target, for error messages; may be empty
  std::string output;
  std::string manifest;     // empty if no manifest is wanted
  std::string plan;         // without the kernel's own modules; empty if there is no plan
  std::string output_plan;  // with them
  StockModulesRequest stock;
  // Each adds one entry, or a tree, in the order of the command line.
  std::vector<std::function<base::Status(Initramfs&)>> entries;
};

struct BuiltInitramfs {
  Initramfs initramfs;
  std::string plan;  // what it holds at kPlanPath
};

// The command line of write_initramfs. The flags set `request`.
[[nodiscard]] base::Flags initramfs_flags(InitramfsRequest& request);

// Reads the files and builds the archive. Entries have the order of the command line, those of a
// directory the order of their names.
//
// Errors: a file that cannot be read, a program that no guest can run, a module that does not
// exist, and those of Initramfs. The message begins with the label.
[[nodiscard]] base::Result<BuiltInitramfs> build_initramfs(const InitramfsRequest& request);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_INITRAMFS_INITRAMFS_FLAGS_H_
