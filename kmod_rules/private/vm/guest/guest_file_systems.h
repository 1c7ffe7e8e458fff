// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_GUEST_FILE_SYSTEMS_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_GUEST_FILE_SYSTEMS_H_

#include <span>

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

// A file system to mount, with the arguments of mount(2).
struct FileSystem {
  const char* type = nullptr;
  const char* directory = nullptr;
  unsigned long flags = 0;
  const char* options = nullptr;
  bool needed = true;  // else a kernel without it will do
};

// Mounts them in order and creates their directories.
//
// Errors: a file system that is needed cannot be mounted; the message names its directory.
[[nodiscard]] base::Status mount_file_systems(std::span<const FileSystem> systems);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_GUEST_FILE_SYSTEMS_H_
