// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/two_builds.h"

#include <cstdlib>
#include <system_error>

#include "kmod_rules/private/reproducibility/bazel_program.h"
#include "kmod_rules/private/reproducibility/command.h"
#include "kmod_rules/private/reproducibility/workspace_copy.h"

namespace kmod::reproducibility {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

void append(Words& words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
}

// With another HOME, Bazel would not find the user's own options.
Words home_options() {
  const char* const home = std::getenv("HOME");
  if (home == nullptr) return {};
  const std::string file = std::string(home) + "/.bazelrc";
  std::error_code error;
  return fs::exists(file, error) ? Words{"--bazelrc=" + file} : Words{};
}

// bazel-out of an output base that one workspace has used.
std::expected<fs::path, std::string> outputs_of(const fs::path& output_base) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(output_base / "execroot", error)) {
    if (fs::is_directory(entry.path() / "bazel-out", error)) return entry.path() / "bazel-out";
  }
  return std::unexpected("the second build left no bazel-out in " + output_base.string());
}

}  // namespace

std::expected<FirstBuild, std::string> TwoBuilds::first() const {
  Words build = {bazel_, "build"};
  append(build, options_.build_options);
  build.emplace_back("--");
  append(build, options_.targets);
  const auto built = run({build, workspace_});
  if (!built) return std::unexpected(built.error());
  if (built->status != 0) {
    return std::unexpected("the first build failed: " + bazel_ + " in " + workspace_.string() +
                           " ended with " + std::to_string(built->status));
  }
  const auto info =
      bazel_info(bazel_, workspace_, options_.build_options, {"output_path", "repository_cache"});
  if (!info) return std::unexpected(info.error());
  return FirstBuild{info->at("output_path"), info->at("repository_cache")};
}

std::expected<SecondBuild, std::string> TwoBuilds::second(const FirstBuild& first,
                                                          const fs::path& scratch,
                                                          const Variations& variations) const {
  // Bazel 4 crashes on a letter beyond ASCII, unless the locale has a letter for each byte.
  const fs::path folder = scratch / (variations.latin1 ? "größerer-Pfad" : "longer-path");
  const fs::path copy = folder / "than-that-of" / "the-first" / "workspace";
  if (auto copied = copy_workspace(workspace_, copy); !copied) {
    return std::unexpected(copied.error());
  }
  const fs::path output_base = folder / "output_base";
  Words build = {bazel_, "--batch", "--output_user_root=" + (scratch / "output_user_root").string(),
                 "--output_base=" + output_base.string()};
  append(build, home_options());
  build.emplace_back("build");
  append(build, options_.build_options);
  // A result that is looked up proves nothing.
  append(build, {"--disk_cache=", "--remote_cache=", "--remote_executor=", "--bes_backend=",
                 "--repository_cache=" + first.repository_cache, "--jobs=" + options_.jobs,
                 "--spawn_strategy=" + options_.spawn_strategy,
                 // No links into the copy: the outputs are looked for below the output base.
                 "--symlink_prefix=/", "--"});
  append(build, options_.targets);
  const auto built = run({build, copy}, &variations);
  if (!built) return std::unexpected(built.error());
  if (built->status != 0) {
    return std::unexpected(
        "the first build went well and the second failed: Bazel ended with " +
        std::to_string(built->status) +
        ". The targets depend on something that only the first has: a file outside the workspace "
        "that is named by a relative path, a file in HOME, a variable. --keep=NAME leaves one "
        "variation out.");
  }
  auto outputs = outputs_of(output_base);
  if (!outputs) return std::unexpected(outputs.error());
  return SecondBuild{*outputs, built->unvaried};
}

}  // namespace kmod::reproducibility
