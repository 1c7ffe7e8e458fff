// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/slab_counts.h"

#include <optional>
#include <vector>

#include "kmod_rules/private/base/text.h"

namespace kmod::vm {
base::Result<SlabCounts> parse_slabinfo(std::string_view text) {
  constexpr std::string_view kVersion = "slabinfo - version: 2.1";
  const std::vector<std::string_view> lines = base::split_lines(text);
  if (lines.empty() || lines[0] != kVersion) {
    return std::unexpected("it does not begin with \"" + std::string(kVersion) + "\"");
  }
  SlabCounts counts;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].starts_with('#') || !lines[i].contains("kmalloc-")) continue;
    std::vector<std::string_view> words = base::split(lines[i], ' ');
    std::erase(words, "");
    const auto objects =
        words.size() < 2 ? std::nullopt : base::parse_number<std::uint64_t>(words[1]);
    if (!objects) {
      return std::unexpected("line " + std::to_string(i + 1) + " is \"" + std::string(lines[i]) +
                             "\", which this program does not understand");
    }
    counts.emplace(words[0], *objects);
  }
  return counts;
}

}  // namespace kmod::vm
