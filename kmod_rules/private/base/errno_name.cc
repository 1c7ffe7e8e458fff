// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/errno_name.h"

#include <fmt/core.h>

#include <cstring>

namespace kmod::base {
namespace {

constexpr int kLastErrno = 133;  // EHWPOISON

}  // namespace

std::string describe_errno(int number) {
  const char* name = strerrorname_np(number);
  if (name == nullptr) return fmt::format("errno {}", number);
  return fmt::format("{} ({})", name, strerrordesc_np(number));
}

Result<int> parse_errno(std::string_view name) {
  for (int number = 1; number <= kLastErrno; ++number) {
    const char* known = strerrorname_np(number);
    if (known != nullptr && name == known) return number;
  }
  return std::unexpected(fmt::format(
      "\"{}\" is not the name of an errno; write it as in errno(3), such as EINVAL", name));
}

}  // namespace kmod::base
