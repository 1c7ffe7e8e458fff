// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/errno_name.h"

#include <cstring>

namespace kmod::base {
namespace {

constexpr int kLastErrno = 133;  // EHWPOISON

}  // namespace

std::string describe_errno(int number) {
  const char* name = strerrorname_np(number);
  if (name == nullptr) return "errno " + std::to_string(number);
  return std::string(name) + " (" + strerrordesc_np(number) + ")";
}

std::expected<int, std::string> parse_errno(std::string_view name) {
  for (int number = 1; number <= kLastErrno; ++number) {
    const char* known = strerrorname_np(number);
    if (known != nullptr && name == known) return number;
  }
  return std::unexpected("\"" + std::string(name) +
                         "\" is not the name of an errno; write it as in errno(3), such as EINVAL");
}

}  // namespace kmod::base
