// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/two_builds.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdlib>
#include <system_error>
#include <utility>

#include "kmod_rules/private/base/bazel_program.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/reproducibility/namespaces.h"
#include "kmod_rules/private/reproducibility/workspace_copy.h"

namespace kmod::reproducibility {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

void append(Words& words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
}

// With another HOME, Bazel does not find the user's .bazelrc.
Words home_options() {
  const char* const home = std::getenv("HOME");
  if (home == nullptr) return {};
  const std::string file = fmt::format("{}/.bazelrc", home);
  std::error_code error;
  return fs::exists(file, error) ? Words{"--bazelrc=" + file} : Words{};
}

// The directory bazel-out of an output base that only one workspace has used.
base::Result<fs::path> outputs_of(const fs::path& output_base) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(output_base / "execroot", error)) {
    if (fs::is_directory(entry.path() / "bazel-out", error)) return entry.path() / "bazel-out";
  }
  return std::unexpected(
      fmt::format("the second build created no bazel-out in {}", output_base.string()));
}

}  // namespace

base::Result<FirstBuild> TwoBuilds::first() const {
  Words build = {bazel_, "build"};
  append(build, options_.build_options);
  build.emplace_back("--");
  append(build, options_.targets);
  const base::ProcessResult built =
      KMOD_TRY(base::run_process({.arguments = build,
                                  .environment = base::own_environment(),
                                  .directory = workspace_,
                                  .files = {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}},
                                 base::Capture::kNothing));
  if (!built.succeeded()) {
    return std::unexpected(fmt::format("the first build failed: {} in {} {}", bazel_,
                                       workspace_.string(), built.describe()));
  }
  const auto info = KMOD_TRY(base::bazel_info(bazel_, workspace_, options_.build_options,
                                              {"output_path", "repository_cache"}));
  return FirstBuild{info.at("output_path"), info.at("repository_cache")};
}

base::Result<SecondBuild> TwoBuilds::second(const FirstBuild& first, const fs::path& scratch,
                                            const Variations& variations) const {
  // Bazel 4 crashes on a letter beyond ASCII unless each byte is a letter of the locale.
  const fs::path folder = scratch / (variations.latin1 ? "größerer-Pfad" : "longer-path");
  const fs::path copy = folder / "than-that-of" / "the-first" / "workspace";
  KMOD_TRY(copy_workspace(workspace_, copy));
  const fs::path output_base = folder / "output_base";
  Words build = {bazel_, "--batch", "--output_user_root=" + (scratch / "output_user_root").string(),
                 "--output_base=" + output_base.string()};
  append(build, home_options());
  build.emplace_back("build");
  append(build, options_.build_options);
  // A result from a cache proves nothing.
  append(build,
         {"--disk_cache=", "--remote_cache=", "--remote_executor=", "--bes_backend=",
          "--repository_cache=" + first.repository_cache, fmt::format("--jobs={}", options_.jobs),
          "--spawn_strategy=" + options_.spawn_strategy,
          // The outputs are read below the output base: no links in the copy, and no links to them
          // for tests, which are not compared.
          "--symlink_prefix=/", "--nobuild_runfile_links", "--"});
  append(build, options_.targets);
  VariedRun built = KMOD_TRY(run_varied({.arguments = build, .directory = copy}, variations));
  if (!built.end.succeeded()) {
    return std::unexpected(fmt::format(
        "the first build succeeded and the second failed: Bazel {}. The targets depend on "
        "something "
        "that only the first build has: a file outside the workspace with a relative path, a file "
        "in HOME, or a variable. --keep=NAME excludes one variation.",
        built.end.describe()));
  }
  return SecondBuild{KMOD_TRY(outputs_of(output_base)), std::move(built.unvaried)};
}

}  // namespace kmod::reproducibility
