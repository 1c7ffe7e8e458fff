// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/mirror_list.h"

#include <string_view>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::lock {

std::expected<std::vector<std::string>, std::string> choose_mirrors(
    const std::vector<std::string>& named, const std::string& list) {
  if (!named.empty()) return named;
  const auto text = base::read_file(list);
  if (!text) return std::unexpected(text.error());
  std::vector<std::string> mirrors;
  for (const std::string_view line : base::split_lines(*text)) mirrors.emplace_back(line);
  return mirrors;
}

}  // namespace kmod::lock
