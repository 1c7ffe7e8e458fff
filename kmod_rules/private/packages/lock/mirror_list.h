// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_MIRROR_LIST_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_MIRROR_LIST_H_

#include <expected>
#include <string>
#include <vector>

namespace kmod::lock {

// The mirrors that the user has named, or else those of `list`, a file with one address a line.
//
// Errors: `list` is needed and cannot be read.
[[nodiscard]] std::expected<std::vector<std::string>, std::string> choose_mirrors(
    const std::vector<std::string>& named, const std::string& list);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_MIRROR_LIST_H_
