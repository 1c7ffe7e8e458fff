// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/guest_file_systems.h"

#include <sys/mount.h>
#include <sys/stat.h>

#include <cerrno>
#include <string>

#include "kmod_rules/private/base/errno_name.h"

namespace kmod::vm {

base::Status mount_file_systems(std::span<const FileSystem> systems) {
  for (const FileSystem& system : systems) {
    mkdir(system.directory, 0755);
    // A kernel with CONFIG_DEVTMPFS_MOUNT may have mounted /dev already.
    if (mount(system.type, system.directory, system.type, system.flags, system.options) == 0 ||
        errno == EBUSY || !system.needed) {
      continue;
    }
    return std::unexpected(std::string("mount ") + system.directory + ": " +
                           base::describe_errno(errno));
  }
  return {};
}

}  // namespace kmod::vm
