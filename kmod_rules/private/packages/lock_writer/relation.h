// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads the fields of an index that name other packages.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_WRITER_RELATION_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_WRITER_RELATION_H_

#include <string>
#include <string_view>
#include <vector>

namespace kmod::lock {

// The names of `a (>= 1) | b:any, c`, without versions and architectures: {{"a", "b"}, {"c"}}. Of
// the alternatives in a group, one is enough.
[[nodiscard]] std::vector<std::vector<std::string>> parse_relation(std::string_view field);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_WRITER_RELATION_H_
