// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// What the second of two builds finds otherwise than the first, beside its path.
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_VARIATIONS_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_VARIATIONS_H_

#include <sys/types.h>

#include <expected>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/reproducibility/check_options.h"

namespace kmod::reproducibility {

// What can be varied, by the names that the option --keep takes.
inline constexpr std::string_view kVariations[] = {
    "clock", "environment", "home", "host_name", "locale", "time_zone", "umask", "user",
};

// Environment variables as NAME=VALUE.
using Environment = std::vector<std::string>;

// How to start a program in these variations.
struct Variations {
  Environment environment = {};  // all of it
  mode_t umask = 0;
  bool latin1 = false;  // with a locale in which Bazel 4 takes paths that are not ASCII
  bool other_user = false;
  std::string host_name = {};  // empty: as it is

  // The clock is another one to every program whose loader reads /etc/ld.so.preload. These two
  // directories are what an overlay of /etc needs to have that file; empty: the clock as it is.
  std::string etc_upper = {};
  std::string etc_work = {};
};

// The variables of the second build: those of the first, but for those that vary. `home` is the
// directory that HOME names there, `locales` the one for LOCPATH.
[[nodiscard]] Environment vary_environment(const Environment& inherited,
                                           const std::set<std::string>& keep,
                                           const std::string& home, const std::string& locales);

// Prepares all but what the options keep, below the directory `scratch`. `inherited_umask` is that
// of the first build.
//
// Errors: what cannot be written, and why.
[[nodiscard]] std::expected<Variations, std::string> prepare_variations(
    const Environment& inherited, mode_t inherited_umask, const CheckOptions& options,
    const std::string& scratch);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_VARIATIONS_H_
