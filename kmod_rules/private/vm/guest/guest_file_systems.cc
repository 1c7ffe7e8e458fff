// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/guest_file_systems.h"

#include <sys/mount.h>
#include <sys/stat.h>

#include <cerrno>

#include "kmod_rules/private/base/errno_name.h"

namespace kmod::vm {
namespace {

struct FileSystem {
  const char* type = nullptr;
  const char* directory = nullptr;
  const char* options = nullptr;
  bool needed = true;
};

constexpr FileSystem kFileSystems[] = {
    {"proc", "/proc"},
    {"sysfs", "/sys"},
    {"devtmpfs", "/dev"},
    {"devpts", "/dev/pts", "gid=5,mode=620,ptmxmode=666"},
    {"tmpfs", "/tmp", "mode=1777"},
    {"tmpfs", "/run", "mode=755"},
    {"debugfs", "/sys/kernel/debug", nullptr, false},
    {"tracefs", "/sys/kernel/tracing", nullptr, false},
};

}  // namespace

std::expected<void, std::string> mount_file_systems() {
  for (const FileSystem& system : kFileSystems) {
    mkdir(system.directory, 0755);
    // A kernel with CONFIG_DEVTMPFS_MOUNT may have been here before.
    if (mount(system.type, system.directory, system.type, MS_NOSUID, system.options) == 0 ||
        errno == EBUSY || !system.needed) {
      continue;
    }
    return std::unexpected(std::string("mount ") + system.directory + ": " +
                           base::describe_errno(errno));
  }
  return {};
}

}  // namespace kmod::vm
