// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/edit_distance.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace kmod::base {
namespace {

// A shorter name is a prefix or suffix of too many other names.
constexpr std::size_t kMeaningfulLength = 4;

bool is_affix(std::string_view shorter, std::string_view longer) {
  if (shorter.size() > longer.size()) std::swap(shorter, longer);
  if (shorter.size() < kMeaningfulLength) return false;
  return longer.starts_with(shorter) || longer.ends_with(shorter);
}

}  // namespace

std::size_t edit_distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  // libstdc++ 12 has no std::ranges::iota. NOLINTNEXTLINE(modernize-use-ranges)
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < right.size(); ++j) {
      const std::size_t replaced = diagonal + (left[i] == right[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row[right.size()];
}

std::vector<std::string> nearest_names(std::string_view wanted,
                                       const std::vector<std::string_view>& names,
                                       std::size_t limit) {
  const std::size_t reach = std::max<std::size_t>(1, wanted.size() / 4);
  std::vector<std::pair<std::size_t, std::string_view>> found;
  for (const std::string_view name : names) {
    const std::size_t difference =
        std::max(wanted.size(), name.size()) - std::min(wanted.size(), name.size());
    const bool affix = is_affix(wanted, name);
    // The difference in length excludes most of a kernel's names without computing the distance.
    if (!affix && difference > reach) continue;
    const std::size_t distance = affix ? difference : edit_distance(wanted, name);
    if (affix || distance <= reach) found.emplace_back(distance, name);
  }
  std::ranges::sort(found);
  found.erase(std::ranges::unique(found).begin(), found.end());
  std::vector<std::string> nearest;
  for (const auto& [distance, name] : found) {
    if (nearest.size() == limit) break;
    nearest.emplace_back(name);
  }
  return nearest;
}

}  // namespace kmod::base
