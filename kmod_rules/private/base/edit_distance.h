// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Finds the names that are nearest to a mistyped one.
#ifndef KMOD_RULES_PRIVATE_BASE_EDIT_DISTANCE_H_
#define KMOD_RULES_PRIVATE_BASE_EDIT_DISTANCE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kmod::base {

// The Levenshtein distance: the number of letters to insert, delete or replace.
[[nodiscard]] std::size_t edit_distance(std::string_view left, std::string_view right);

// At most `limit` of `names`, nearest first; names at the same distance are in alphabetical order.
// A name is near if at most a quarter of the letters of `wanted` would have to change, or if one of
// the two is a prefix or suffix of the other: `kmalloc_node` is near `kmalloc`, and `_printk` is
// near `printk`.
[[nodiscard]] std::vector<std::string> nearest_names(std::string_view wanted,
                                                     const std::vector<std::string_view>& names,
                                                     std::size_t limit);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_EDIT_DISTANCE_H_
