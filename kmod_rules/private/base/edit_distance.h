// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// How far one name is from another, to answer a mistyped one with what was probably meant.
#ifndef KMOD_RULES_PRIVATE_BASE_EDIT_DISTANCE_H_
#define KMOD_RULES_PRIVATE_BASE_EDIT_DISTANCE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kmod::base {

// Levenshtein's: the number of letters to insert, delete or replace.
[[nodiscard]] std::size_t edit_distance(std::string_view left, std::string_view right);

// At most `limit` of `names`, nearest first, equals in alphabetical order. A name is near when a
// quarter of the wanted one's letters or fewer would have to change, or when one of the two is the
// beginning or the end of the other: `kmalloc_node` is near `kmalloc`, `_printk` near `printk`.
[[nodiscard]] std::vector<std::string> nearest_names(std::string_view wanted,
                                                     const std::vector<std::string_view>& names,
                                                     std::size_t limit);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_EDIT_DISTANCE_H_
