// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/wire/guest_share.h"

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include <cerrno>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/base/process.h"

namespace kmod::vm {
namespace {

// What went wrong, empty if nothing did.
std::string load_drivers() {
  std::string trouble;
  // A package of Debian has no modules.dep: depmod is run when it is installed.
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"/bin/busybox", "depmod"},
        std::vector<std::string>{"/bin/busybox", "modprobe", "-a", "virtio_mmio", "virtiofs"}}) {
    const auto result = base::run_process(command, {"PATH=/bin:/sbin"});
    if (!result) {
      trouble += result.error() + "\n";
    } else if (!result->succeeded()) {
      trouble += result->output;
    }
  }
  return trouble;
}

}  // namespace

std::expected<void, std::string> mount_share(bool read_only) {
  // A kernel with the drivers built in has no files of them; it is the mount that tells.
  const std::string trouble = load_drivers();
  mkdir(kSharePath, 0755);
  const unsigned long flags = MS_NOSUID | MS_NODEV | (read_only ? MS_RDONLY : 0UL);
  if (mount(kShareTag, kSharePath, "virtiofs", flags, nullptr) == 0) return {};
  const int error = errno;
  utsname name = {};
  uname(&name);
  std::string message =
      std::string("--share: the kernel ") + name.release +
      " cannot mount the host's folder by virtiofs: " + base::describe_errno(error) +
      ". It needs the modules virtiofs and virtio_mmio, built in or in the "
      "attribute drivers of its kernel_repository.";
  if (!trouble.empty()) message += " Loading them said:\n" + trouble;
  return std::unexpected(message);
}

}  // namespace kmod::vm
