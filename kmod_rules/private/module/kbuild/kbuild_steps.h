// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// How the kernel's top Makefile builds an external module, as the fetch of the kernel recorded it:
// kbuild_steps.bzl writes the file. To call make as the top Makefile does, without the top
// Makefile, saves the time in which it finds out the same for every module.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_STEPS_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_STEPS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/module/kbuild/kbuild_paths.h"

namespace kmod::kbuild {

// The file, below the kernel's tree. A kernel whose top Makefile does otherwise has none.
inline constexpr const char* kStepsFile = "kbuild_steps";

struct KbuildSteps {
  // One call of make.
  struct Step {
    std::string directory;
    std::vector<std::string> arguments;

    bool operator==(const Step&) const = default;
  };

  std::map<std::string, std::string> variables;  // which the top Makefile exports to each call
  std::vector<Step> steps;

  bool operator==(const KbuildSteps&) const = default;
};

// Reads the file's text, and replaces the names that stand for directories with those of an action.
//
// Errors: a line that the file cannot have, with its text.
[[nodiscard]] base::Result<KbuildSteps> parse_steps(std::string_view text,
                                                    const KbuildPaths& paths);

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_KBUILD_STEPS_H_
