// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/distdir/fill_options.h"

#include "kmod_rules/private/packages/lock/mirror_list.h"

namespace kmod::distdir {

base::Flags fill_flags(FillOptions& options, const std::string& working_directory) {
  base::Flags flags("fill_distdir",
                    "Fills a directory with the files of locked packages, for a site without a "
                    "network, or checks one.\nFiles that are correct are kept.");
  flags.add_positional("DIR", "the directory to fill", base::FlagCount::kOnce,
                       base::path(options.directory, working_directory));
  flags.add_switch("check", "only check the files that exist", options.check);
  flags.add({.name = "set",
             .value = "NAME",
             .help = "only the packages of this set",
             .count = base::FlagCount::kAny},
            base::append(options.sets));
  flags.add({.name = "mirror",
             .value = "ADDRESS",
             .help = "use this mirror instead of KMOD_MIRROR and apt's configuration",
             .count = base::FlagCount::kAny},
            lock::append_mirror(options.mirrors));
  flags.add({.name = "lock",
             .value = "FILE",
             .help = "use this lock instead of those of rules_kmod",
             .count = base::FlagCount::kAny},
            [&options, working_directory](const std::string& value) {
              return base::path(options.locks.emplace_back(), working_directory)(value);
            });
  flags.add({.name = "repository-cache",
             .value = "DIR",
             .help = "use this repository cache instead of the one that Bazel names"},
            base::path(options.repository_cache, working_directory));
  flags.add({.name = "bazel", .value = "PROGRAM", .help = "the Bazel that names the cache"},
            base::text(options.bazel));
  flags.add({.name = "own-lock",
             .value = "FILE",
             .help = "set by BUILD: a lock of rules_kmod",
             .count = base::FlagCount::kAny},
            base::append(options.own_locks));
  flags.add({.name = "mirror-list", .value = "FILE", .help = "set by BUILD: the mirrors"},
            base::text(options.mirror_list));
  flags.add({.name = "tools", .value = "DIR", .help = "set by BUILD: curl"},
            base::text(options.tools));
  flags.set_epilogue(
      "Exit status: 0 if all files are correct, 1 if not, 2 if the command line is wrong.\n"
      "docs/offline.md describes the use.");
  return flags;
}

}  // namespace kmod::distdir
