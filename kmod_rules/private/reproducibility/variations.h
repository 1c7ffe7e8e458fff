// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The differences between the environments of two builds, apart from the path.
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_VARIATIONS_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_VARIATIONS_H_

#include <sys/types.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/reproducibility/check_options.h"

namespace kmod::reproducibility {

// The names of the variations, for --keep.
inline constexpr std::string_view kVariations[] = {
    "clock", "environment", "home", "host_name", "locale", "time_zone", "umask", "user",
};

// Environment variables as NAME=VALUE.
using Environment = std::vector<std::string>;

// The settings with which the second build starts.
struct Variations {
  Environment environment = {};  // the whole environment
  mode_t umask = 0;
  bool latin1 = false;  // with a locale in which Bazel 4 accepts non-ASCII paths
  bool other_user = false;
  std::string host_name = {};  // empty: not varied

  // Upper and work directory of an overlay of /etc with a file ld.so.preload, which changes the
  // clock of every program whose loader reads it. Empty: the clock is not varied.
  std::string etc_upper = {};
  std::string etc_work = {};
};

// The environment of the second build: that of the first with the variations. `home` is the value
// of HOME, `locales` that of LOCPATH.
[[nodiscard]] Environment vary_environment(const Environment& inherited,
                                           const std::set<std::string>& keep,
                                           const std::string& home, const std::string& locales);

// Prepares all variations that the options do not keep, in the directory `scratch`.
// `inherited_umask` is that of the first build.
//
// Errors: a file or directory cannot be written.
[[nodiscard]] base::Result<Variations> prepare_variations(const Environment& inherited,
                                                          mode_t inherited_umask,
                                                          const CheckOptions& options,
                                                          const std::string& scratch);

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_VARIATIONS_H_
