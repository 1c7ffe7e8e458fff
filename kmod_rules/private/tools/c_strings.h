// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_TOOLS_C_STRINGS_H_
#define KMOD_RULES_PRIVATE_TOOLS_C_STRINGS_H_

#include <string>
#include <vector>

namespace kmod::tools {

// Arguments or an environment as execve() and posix_spawn() take them, with a null pointer at the
// end. They point into `strings`.
[[nodiscard]] inline std::vector<char*> c_strings(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  result.reserve(strings.size() + 1);
  for (const std::string& string : strings) {
    // Both take them so, and change none.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
    result.push_back(const_cast<char*>(string.c_str()));
  }
  result.push_back(nullptr);
  return result;
}

}  // namespace kmod::tools

#endif  // KMOD_RULES_PRIVATE_TOOLS_C_STRINGS_H_
