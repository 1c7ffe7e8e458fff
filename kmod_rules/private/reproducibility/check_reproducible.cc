// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Builds targets twice, with as much as possible varied, and compares the outputs; see
// docs/reproducible.md and --help.

#include <fmt/core.h>
#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "kmod_rules/private/base/bazel_program.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/reproducibility/check_options.h"
#include "kmod_rules/private/reproducibility/output_tree.h"
#include "kmod_rules/private/reproducibility/scratch_directory.h"
#include "kmod_rules/private/reproducibility/tree_comparison.h"
#include "kmod_rules/private/reproducibility/two_builds.h"
#include "kmod_rules/private/reproducibility/variations.h"

namespace kmod::reproducibility {
namespace {

mode_t own_umask() {
  const mode_t mask = umask(0);
  umask(mask);
  return mask;
}

// Compares all outputs of the second build with those of the first. The first may have more, from
// earlier builds.
base::Result<int> compare(const FirstBuild& first, const SecondBuild& second,
                          const CheckOptions& options) {
  const OutputTree left = KMOD_TRY(list_outputs(first.outputs));
  const OutputTree right = KMOD_TRY(list_outputs(second.outputs));
  TreeComparison comparison = KMOD_TRY(compare_trees(left, right));
  comparison.only_in_first.clear();
  return print_report(comparison, left, right, options.explain, base::Demangler(options.demangler));
}

base::Result<int> check(const CheckOptions& options) {
  const char* const workspace = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  if (workspace == nullptr) {
    return std::unexpected(
        "the workspace is not known. Run this program with: bazel run "
        "@rules_kmod//kmod_rules:check_reproducible -- //my:module_ko");
  }
  const std::string bazel = KMOD_TRY(base::find_bazel(options.bazel));
  const ScratchDirectory scratch = KMOD_TRY(ScratchDirectory::create(options.scratch));
  const Variations variations =
      KMOD_TRY(prepare_variations(base::own_environment(), own_umask(), options, scratch.path()));
  const TwoBuilds builds(options, bazel, workspace);
  fmt::print("first build, in {}\n", workspace);
  const FirstBuild first = KMOD_TRY(builds.first());
  fmt::print("second build, in {}\n", scratch.path().string());
  const SecondBuild second = KMOD_TRY(builds.second(first, scratch.path(), variations));
  for (const std::string& line : second.unvaried) fmt::print("not varied: {}\n", line);
  for (const std::string& name : options.keep) fmt::print("not varied: {}: --keep\n", name);
  return compare(first, second, options);
}

}  // namespace
}  // namespace kmod::reproducibility

int main(int argc, char** argv) {
  kmod::reproducibility::CheckOptions options;
  return kmod::base::run_program(check_flags(options), argc, argv,
                                 [&] { return kmod::reproducibility::check(options); },
                                 {.failure = 2, .usage = 2});
}
