// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/guest_share.h"

#include <fmt/core.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include <cerrno>
#include <string>
#include <vector>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/vm/wire/console_message.h"

namespace kmod::vm {
namespace {

// Gives the errors, empty if there are none.
std::string load_drivers() {
  std::string trouble;
  // A package of Debian has no modules.dep: its installation runs depmod.
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"/bin/busybox", "depmod"},
        std::vector<std::string>{"/bin/busybox", "modprobe", "-a", "virtio_mmio", "virtiofs"}}) {
    const auto result = base::run_process(command, {"PATH=/bin:/sbin"});
    if (!result) {
      trouble += fmt::format("{}\n", result.error());
    } else if (!result->succeeded()) {
      trouble += result->output;
    }
  }
  return trouble;
}

}  // namespace

base::Status mount_share(bool read_only) {
  // A kernel with built-in drivers has no files of them, so only the mount shows whether it has
  // them.
  const std::string trouble = load_drivers();
  mkdir(kSharePath, 0755);
  const unsigned long flags = MS_NOSUID | MS_NODEV | (read_only ? MS_RDONLY : 0UL);
  if (mount(kShareTag, kSharePath, "virtiofs", flags, nullptr) == 0) return {};
  const int error = errno;
  utsname name = {};
  uname(&name);
  std::string message = fmt::format(
      "--share: the kernel {} cannot mount the host's directory by virtiofs: {}. It needs the "
      "modules virtiofs and virtio_mmio, built in or in the attribute modules of its "
      "kernel_repository.",
      name.release, base::describe_errno(error));
  if (!trouble.empty()) message += " Loading them said:\n" + trouble;
  return std::unexpected(message);
}

}  // namespace kmod::vm
