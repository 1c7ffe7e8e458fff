// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_SIGNED_INDICES_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_SIGNED_INDICES_H_

#include <map>
#include <string>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/packages/lock/options.h"
#include "kmod_rules/private/packages/lock/package_sets.h"
#include "kmod_rules/private/packages/lock/resolve.h"

namespace kmod::lock {

// Fetches and verifies the indices of the releases. Prints a line about the origin of each.
//
// Errors: no mirror is known, or those of SuiteFetcher::fetch.
[[nodiscard]] base::Result<Indices> fetch_indices(
    const std::map<std::string, ReleaseSource>& releases, const ArchiveOptions& options);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_SIGNED_INDICES_H_
