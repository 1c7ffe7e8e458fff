// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/reproducibility/check_options.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "kmod_rules/private/reproducibility/variations.h"

namespace kmod::reproducibility {
namespace {

base::FlagSetter keep(std::set<std::string>& kept) {
  return [&kept](const std::string& name) -> base::Status {
    if (std::ranges::find(kVariations, name) == std::end(kVariations)) {
      return std::unexpected(base::choice_error({std::begin(kVariations), std::end(kVariations)}));
    }
    kept.insert(name);
    return {};
  };
}

}  // namespace

base::Flags check_flags(CheckOptions& options) {
  base::Flags flags(
      "check_reproducible",
      "Builds the targets twice and compares every output: first in the workspace, as the user "
      "does,\n"
      "then from a copy at another path, with another output base, user, HOME, host name, clock,\n"
      "time zone, locale and umask, with variables that kbuild and compilers read, one job at a "
      "time\n"
      "and without a sandbox. Prints the first difference of each file, by section and symbol.");
  flags.add_positional("TARGET", "the targets to build, such as //hello:hello_ko",
                       base::FlagCount::kOneOrMore, base::append(options.targets));
  flags.add({.name = "jobs", .value = "N", .help = "jobs of the second build; default: 1"},
            base::number(options.jobs, std::size_t{1}));
  flags.add({.name = "spawn-strategy",
             .value = "NAME",
             .help = "spawn strategy of the second build; default: local"},
            base::text(options.spawn_strategy));
  flags.add({.name = "build-option",
             .value = "OPTION",
             .help = "pass this option to both builds",
             .count = base::FlagCount::kAny},
            base::append(options.build_options));
  flags.add({.name = "keep",
             .value = "NAME",
             .help = "do not vary this in the second build",
             .count = base::FlagCount::kAny},
            keep(options.keep));
  flags.add({.name = "scratch",
             .value = "DIR",
             .help = "directory of the second build, which is kept; default: a temporary one"},
            base::text(options.scratch));
  flags.add({.name = "explain", .value = "N", .help = "files to explain; default: 5"},
            base::number(options.explain));
  flags.add({.name = "bazel",
             .value = "PROGRAM",
             .help = "default: $BAZEL, else bazelisk or bazel from PATH"},
            base::text(options.bazel));
  flags.add({.name = "fake-clock", .value = "FILE", .help = "set by BUILD: libfaketime"},
            base::text(options.fake_clock));
  flags.add({.name = "demangler", .value = "FILE", .help = "set by BUILD: llvm-cxxfilt"},
            base::text(options.demangler));
  flags.add({.name = "locales", .value = "DIR", .help = "set by BUILD: locales"},
            base::text(options.locales));
  flags.set_unknown_hint("Pass an option of Bazel as --build-option=--NAME=VALUE.");
  flags.set_epilogue("Exit status: 0 if all files are equal, 1 if some differ, 2 on an error.");
  return flags;
}

}  // namespace kmod::reproducibility
