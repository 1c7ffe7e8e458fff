// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// check_reproducible [OPTION...] TARGET...
// Builds the targets twice and holds every output against the other: first in the workspace, as the
// user does, then from a copy at another path, with another output base, user, HOME, host name,
// clock, time zone, locale and umask, with variables that kbuild and compilers read, one job at a
// time and without a sandbox. Says what differs first, by section and symbol.
//
//   --jobs=N, --spawn_strategy=NAME   of the second build; 1 and local if not given
//   --build_option=OPTION             passed to both builds
//   --keep=NAME                       what the second build is to have like the first
//   --scratch=DIRECTORY               where the second build happens; stays afterwards
//   --explain=N                       how many differing files to look into; 5 if not given
//   --bazel=PROGRAM                   $BAZEL, bazelisk or the bazel on the PATH if not given
//
// Ends with 0 if nothing differs, 1 if something does, 2 if it could not be found out.

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <expected>
#include <string>
#include <vector>

#include "kmod_rules/private/base/bazel_program.h"
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

// Compares all that the second build made with what the first one has there. The first may hold
// more, from earlier builds.
std::expected<bool, std::string> compare(const FirstBuild& first, const SecondBuild& second,
                                         std::size_t explained) {
  const auto left = list_outputs(first.outputs);
  if (!left) return std::unexpected(left.error());
  const auto right = list_outputs(second.outputs);
  if (!right) return std::unexpected(right.error());
  auto comparison = compare_trees(*left, *right);
  if (!comparison) return std::unexpected(comparison.error());
  comparison->only_in_first.clear();
  const auto lines = report(*comparison, *left, *right, explained);
  if (!lines) return std::unexpected(lines.error());
  for (const std::string& line : *lines) std::printf("%s\n", line.c_str());
  return comparison->different.empty() && comparison->only_in_second.empty();
}

std::expected<bool, std::string> check(const std::vector<std::string>& arguments) {
  const auto options = parse_check_options(arguments);
  if (!options) return std::unexpected(options.error());
  const char* const workspace = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  if (workspace == nullptr) {
    return std::unexpected(
        "it does not know the workspace. Start it by: bazel run "
        "@rules_kmod//kmod_rules:check_reproducible -- //my:module_ko");
  }
  const auto bazel = base::find_bazel(options->bazel);
  if (!bazel) return std::unexpected(bazel.error());
  const auto scratch = ScratchDirectory::create(options->scratch);
  if (!scratch) return std::unexpected(scratch.error());
  const auto variations =
      prepare_variations(base::own_environment(), own_umask(), *options, scratch->path());
  if (!variations) return std::unexpected(variations.error());

  const TwoBuilds builds(*options, *bazel, workspace);
  std::printf("first build, in %s\n", workspace);
  const auto first = builds.first();
  if (!first) return std::unexpected(first.error());
  std::printf("second build, in %s\n", scratch->path().c_str());
  const auto second = builds.second(*first, scratch->path(), *variations);
  if (!second) return std::unexpected(second.error());
  for (const std::string& line : second->unvaried) {
    std::printf("not varied: %s\n", line.c_str());
  }
  for (const std::string& name : options->keep) {
    std::printf("not varied: %s: --keep\n", name.c_str());
  }
  return compare(*first, *second, options->explain);
}

}  // namespace
}  // namespace kmod::reproducibility

int main(int argc, char** argv) {
  const auto same = kmod::reproducibility::check({argv + 1, argv + argc});
  if (same) return *same ? 0 : 1;
  std::fprintf(stderr, "check_reproducible: %s\n", same.error().c_str());
  return 2;
}
