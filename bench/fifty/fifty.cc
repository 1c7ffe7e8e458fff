// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Builds modules with Bazel and with plain make, in one run, and prints how long each takes; see
// --help. Both use the same tools and compile the same sources with the same flags.

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/fifty/builders.h"
#include "bench/fifty/measurements.h"
#include "bench/fifty/sources.h"
#include "kmod_rules/private/base/bazel_program.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/temporary_directory.h"

namespace kmod::bench {
namespace {

struct Options {
  int modules = 50;
  int rounds = 3;
  int edits = 3;
  int jobs = 2;
  std::string bazel;
  std::vector<std::string> bazel_options;
  std::vector<std::string> tools_options;
  std::string scratch;
};

// Counts the modules that a build changed.
class Changes {
 public:
  explicit Changes(std::string directory) : directory_(std::move(directory)) {}

  // Errors: another number of modules than `expected` is new or changed, or not all of them exist.
  base::Status check(std::string_view what, int modules, int expected) {
    const Modules now = KMOD_TRY(find_modules(directory_));
    int changed = 0;
    for (const auto& [name, digest] : now) {
      const auto before = known_.find(name);
      if (before == known_.end() || before->second != digest) ++changed;
    }
    if (static_cast<int>(now.size()) != modules || changed != expected) {
      return std::unexpected(
          fmt::format("{}: {} has {} modules, of which {} changed, instead of {} and {}", what,
                      directory_, now.size(), changed, modules, expected));
    }
    known_ = now;
    return {};
  }

 private:
  std::string directory_;
  Modules known_;
};

class Benchmark {
 public:
  Benchmark(const Options& options, const BazelBuilder& bazel, std::string make_root)
      : options_(options),
        bazel_(bazel),
        make_(bazel.external(), options.jobs),
        make_root_(std::move(make_root)) {}

  base::Status run() {
    const std::string rule = KMOD_TRY(bazel_.cxx_rule());
    for (int round = 1; round <= options_.rounds; ++round) {
      // A kept directory has the modules of earlier runs.
      KMOD_TRY(run_round(fmt::format("r{}_{}", getpid(), round), rule));
      fmt::print("round {} of {} is done\n", round, options_.rounds);
      (void)std::fflush(stdout);
    }
    return {};
  }

  [[nodiscard]] base::Status report() const {
    fmt::print(
        "\n{} modules of 1 C and 4 C++ files, {} jobs; medians of {} rounds, of {} edits each\n",
        options_.modules, options_.jobs, options_.rounds, options_.edits);
    fmt::print("{}", measurements_.table());
    fmt::print("analysis of all: {:.2f} s; largest memory of Bazel's server: {} MiB\n",
               median(analyses_), KMOD_TRY(bazel_.server_memory()));
    return {};
  }

 private:
  // Each round builds modules of its own, which no build has seen.
  base::Status run_round(const std::string& name, const std::string& rule) {
    const Sources sources(bazel_.workspace(), make_root_, name, options_.modules);
    KMOD_TRY(sources.write(rule));
    make_changes_.emplace(fmt::format("{}/{}", make_root_, name));
    bazel_changes_.emplace(fmt::format("{}/{}", bazel_.outputs(), name));
    KMOD_TRY(bazel_.forget_standard_library());
    KMOD_TRY(build("all from nothing", sources, options_.modules));
    for (int edit = 1; edit <= options_.edits; ++edit) {
      KMOD_TRY(sources.edit_cxx(edit));
      KMOD_TRY(build("one C++ file edited", sources, 1));
      KMOD_TRY(sources.edit_c(edit));
      KMOD_TRY(build("one C file edited", sources, 1));
      KMOD_TRY(build("nothing to do", sources, 0));
    }
    KMOD_TRY(sources.edit_header(1));
    return build("the header of all edited", sources, options_.modules);
  }

  base::Status build(const std::string& row, const Sources& sources, int changed) {
    const std::string target = fmt::format("//{}:modules", sources.name());
    const Cost make = KMOD_TRY(make_.build(fmt::format("{}/{}", make_root_, sources.name())));
    Cost bazel;
    if (row == "all from nothing") {
      bazel = KMOD_TRY(bazel_.analyze(target));
      analyses_.push_back(bazel.seconds);
    }
    const Cost built = KMOD_TRY(bazel_.build(target));
    bazel.seconds += built.seconds;
    bazel.cpu += built.cpu;
    KMOD_TRY(make_changes_->check(row + ", by make", sources.modules(), changed));
    KMOD_TRY(bazel_changes_->check(row + ", by Bazel", sources.modules(), changed));
    measurements_.add(row, make, bazel);
    return {};
  }

  const Options& options_;
  const BazelBuilder& bazel_;
  MakeBuilder make_;
  std::string make_root_;
  std::optional<Changes> make_changes_;
  std::optional<Changes> bazel_changes_;
  Measurements measurements_;
  std::vector<double> analyses_;
};

base::Result<int> measure(Options options) {
  const char* const rules = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  if (rules == nullptr) {
    return std::unexpected(
        "the rules are not known. Run this program with: bazel run //bench/fifty");
  }
  const std::string bazel = KMOD_TRY(base::find_bazel(options.bazel));
  std::optional<base::TemporaryDirectory> temporary;
  if (options.scratch.empty()) {
    temporary.emplace(KMOD_TRY(base::TemporaryDirectory::create("fifty")));
    options.scratch = temporary->path();
    const auto info =
        KMOD_TRY(base::bazel_info(bazel, rules, {}, {"repository_cache", "output_base"}));
    options.bazel_options.push_back("--repository_cache=" + info.at("repository_cache"));
  }
  std::vector<std::string> bazel_options = options.bazel_options;
  bazel_options.push_back(fmt::format("--jobs={}", options.jobs));
  fmt::print("building the tools in {}\n", options.scratch);
  (void)std::fflush(stdout);
  const BazelBuilder builder = KMOD_TRY(
      BazelBuilder::create(bazel, rules, options.scratch, bazel_options, options.tools_options));
  Benchmark benchmark(options, builder, options.scratch + "/make");
  KMOD_TRY(benchmark.run());
  KMOD_TRY(benchmark.report());
  return 0;
}

}  // namespace
}  // namespace kmod::bench

int main(int argc, char** argv) {
  namespace base = kmod::base;
  kmod::bench::Options options;
  base::Flags flags(
      "fifty",
      "Builds modules of one C and four C++ files with Bazel and with plain make, and "
      "prints how long each takes. Building the tools of the rules is not measured.");
  flags.add({.name = "modules", .value = "COUNT", .help = "how many modules, by default 50"},
            base::number(options.modules, 1, 999));
  flags.add({.name = "rounds", .value = "COUNT", .help = "how often all is built, by default 3"},
            base::number(options.rounds, 1, 99));
  flags.add({.name = "edits", .value = "COUNT", .help = "edits of a round, by default 3"},
            base::number(options.edits, 1, 99));
  flags.add({.name = "jobs", .value = "COUNT", .help = "jobs of both, by default 2"},
            base::number(options.jobs, 1, 999));
  flags.add({.name = "bazel", .value = "PROGRAM", .help = "the Bazel to measure"},
            base::text(options.bazel));
  flags.add({.name = "bazel-option",
             .value = "OPTION",
             .help = "an option of each build, such as --features=-precompiled_standard_library",
             .count = base::FlagCount::kAny},
            base::append(options.bazel_options));
  flags.add({.name = "tools-option",
             .value = "OPTION",
             .help = "an option of the build of the tools, such as --disk_cache=DIR",
             .count = base::FlagCount::kAny},
            base::append(options.tools_options));
  flags.add({.name = "scratch",
             .value = "DIR",
             .help = "a directory to work in, which is kept; by default a temporary one"},
            base::path(options.scratch, base::directory_from("BUILD_WORKING_DIRECTORY")));
  return base::run_program(flags, argc, argv, [&] { return kmod::bench::measure(options); });
}
