// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The order of Debian's versions.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_VERSION_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_VERSION_H_

#include <compare>
#include <string_view>

namespace kmod::lock {

// Compares `[epoch:]upstream[-revision]` as Debian's policy says, section 5.6.12: "~" sorts before
// everything, the end included, and numbers by their value.
[[nodiscard]] std::strong_ordering compare_versions(std::string_view left, std::string_view right);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_VERSION_H_
