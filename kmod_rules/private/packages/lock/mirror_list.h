// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_MIRROR_LIST_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_MIRROR_LIST_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/try.h"

namespace kmod::lock {

// Adds the address of a mirror, without a slash at the end.
[[nodiscard]] base::FlagSetter append_mirror(std::vector<std::string>& mirrors);

// The mirrors that the user has named, or else those of `list`, a file with one address per line.
//
// Errors: `list` is needed and cannot be read.
[[nodiscard]] base::Result<std::vector<std::string>> choose_mirrors(
    const std::vector<std::string>& named, const std::string& list);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_MIRROR_LIST_H_
