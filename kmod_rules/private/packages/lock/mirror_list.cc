// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/mirror_list.h"

#include <string_view>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::lock {

base::FlagSetter append_mirror(std::vector<std::string>& mirrors) {
  return [&mirrors](const std::string& value) -> base::Status {
    const std::string address = value.substr(0, value.find_last_not_of('/') + 1);
    return base::append(mirrors)(address);
  };
}

base::Result<std::vector<std::string>> choose_mirrors(const std::vector<std::string>& named,
                                                      const std::string& list) {
  if (!named.empty()) return named;
  const std::string text = KMOD_TRY(base::read_file(list));
  std::vector<std::string> mirrors;
  for (const std::string_view line : base::split_lines(text)) mirrors.emplace_back(line);
  return mirrors;
}

}  // namespace kmod::lock
