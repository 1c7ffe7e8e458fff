// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/errno_name.h"

#include <fmt/core.h>

#include <array>
#include <cstddef>
#include <cstring>

namespace kmod::base {
namespace {

constexpr int kLastErrno = 133;  // EHWPOISON

// include/linux/errno.h, which user space does not have. 520 has no name.
constexpr int kFirstKernelErrno = 512;
constexpr std::array<const char*, 20> kKernelNames = {
    "ERESTARTSYS",  "ERESTARTNOINTR", "ERESTARTNOHAND", "ENOIOCTLCMD",     "ERESTART_RESTARTBLOCK",
    "EPROBE_DEFER", "EOPENSTALE",     "ENOPARAM",       nullptr,           "EBADHANDLE",
    "ENOTSYNC",     "EBADCOOKIE",     "ENOTSUPP",       "ETOOSMALL",       "ESERVERFAULT",
    "EBADTYPE",     "EJUKEBOX",       "EIOCBQUEUED",    "ERECALLCONFLICT", "ENOGRACE"};

const char* kernel_name(int number) {
  const int index = number - kFirstKernelErrno;
  if (index < 0 || index >= static_cast<int>(kKernelNames.size())) return nullptr;
  return kKernelNames.at(static_cast<std::size_t>(index));
}

}  // namespace

std::string describe_errno(int number) {
  if (const char* name = kernel_name(number)) {
    return fmt::format("{} ({}, which only the kernel uses)", name, number);
  }
  const char* name = strerrorname_np(number);
  if (name == nullptr) return fmt::format("errno {}", number);
  return fmt::format("{} ({})", name, strerrordesc_np(number));
}

Result<int> parse_errno(std::string_view name) {
  for (int number = 1; number <= kLastErrno; ++number) {
    const char* known = strerrorname_np(number);
    if (known != nullptr && name == known) return number;
  }
  for (std::size_t i = 0; i < kKernelNames.size(); ++i) {
    const char* known = kKernelNames.at(i);
    if (known != nullptr && name == known) return kFirstKernelErrno + static_cast<int>(i);
  }
  return std::unexpected(fmt::format(
      "\"{}\" is not the name of an errno; write it as in errno(3), such as EINVAL", name));
}

}  // namespace kmod::base
