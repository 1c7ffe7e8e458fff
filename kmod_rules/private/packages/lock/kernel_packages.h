// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Finds a kernel in the index of a distribution with Debian's packages, and the package sets that
// `debian_kernel` needs.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_KERNEL_PACKAGES_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_KERNEL_PACKAGES_H_

#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/packages/lock/package_index.h"
#include "kmod_rules/private/packages/lock/package_sets.h"

namespace kmod::lock {

// A release such as "6.1.0-50-cloud-amd64" has the flavor "cloud-amd64". Empty for a name that is
// not a release.
[[nodiscard]] std::string flavor_of(std::string_view release);

// The releases with headers in the index, the newest first.
[[nodiscard]] std::vector<std::string> kernel_releases(const PackageIndex& index);

// The newest release of a flavor.
//
// Errors: the index has no kernel of this flavor; the message lists the flavors.
[[nodiscard]] base::Result<std::string> newest_release(const PackageIndex& index,
                                                       std::string_view flavor);

// The compiler on which the kernel's headers depend, such as "gcc-12".
//
// Errors: they depend on none, or on several; the message says how to name one.
[[nodiscard]] base::Result<std::string> find_compiler(const PackageIndex& index,
                                                      const std::string& release);

struct KernelChoice {
  std::string name;      // of the repository
  std::string release;   // `uname -r`
  std::string compiler;  // "gcc-12"
  std::string suite;
};

// The sets NAME, NAME_image and NAME_tools, without what only an installed system needs.
//
// Errors: the index has no headers or no image of the release, and those that resolve() has for the
// sets. The first has a list of the releases that are nearest.
[[nodiscard]] base::Result<PackageSets> kernel_package_sets(const KernelChoice& kernel,
                                                            const PackageIndex& index,
                                                            const ReleaseSource& source);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_KERNEL_PACKAGES_H_
