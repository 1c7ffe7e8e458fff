// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Builds the same targets twice: in the workspace of the user, and from a copy of it with
// variations.
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_TWO_BUILDS_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_TWO_BUILDS_H_

#include <filesystem>
#include <string>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/reproducibility/check_options.h"
#include "kmod_rules/private/reproducibility/variations.h"

namespace kmod::reproducibility {

struct FirstBuild {
  std::filesystem::path outputs;  // bazel-out
  std::string repository_cache;   // empty if Bazel uses none
};

struct SecondBuild {
  std::filesystem::path outputs;
  std::vector<std::string> unvaried;  // what could not be varied, and why
};

class TwoBuilds {
 public:
  // `bazel` is the path of the program. The options and the paths have to outlive the object.
  TwoBuilds(const CheckOptions& options, std::string bazel, std::filesystem::path workspace)
      : options_(options), bazel_(std::move(bazel)), workspace_(std::move(workspace)) {}

  // Builds in the workspace itself, with the output base and the caches of the user.
  //
  // Errors: Bazel fails, after it has printed the reason.
  [[nodiscard]] base::Result<FirstBuild> first() const;

  // Builds in a copy below `scratch`, with a separate output base and no cache except the
  // repository cache, so that every action runs.
  //
  // Errors: the copy cannot be created; Bazel fails, after it has printed the reason.
  [[nodiscard]] base::Result<SecondBuild> second(const FirstBuild& first,
                                                 const std::filesystem::path& scratch,
                                                 const Variations& variations) const;

 private:
  const CheckOptions& options_;
  std::string bazel_;
  std::filesystem::path workspace_;
};

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_TWO_BUILDS_H_
