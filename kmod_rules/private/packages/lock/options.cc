// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/options.h"

#include "kmod_rules/private/packages/lock/mirror_list.h"

namespace kmod::lock {

void add_archive_flags(base::Flags& flags, ArchiveOptions& options,
                       const std::string& working_directory) {
  flags.add_switch("accept-expired",
                   "accept an index after its date of expiry, as of a mirror that is frozen",
                   options.accept_expired);
  flags.add({.name = "mirror",
             .value = "ADDRESS",
             .help = "use this mirror instead of KMOD_MIRROR and apt's configuration",
             .count = base::FlagCount::kAny},
            append_mirror(options.mirrors));
  flags.add({.name = "keyring",
             .value = "FILE",
             .help = "the keys that may sign; default: those of Debian"},
            base::path(options.keyring, working_directory));
  flags.add({.name = "tools",
             .value = "DIR",
             .help = "set by BUILD: curl, gpgv and xz",
             .count = base::FlagCount::kOnce},
            base::text(options.tools));
  flags.add({.name = "mirror-list",
             .value = "FILE",
             .help = "set by BUILD: the mirrors",
             .count = base::FlagCount::kOnce},
            base::text(options.mirror_list));
}

base::Flags update_flags(Options& options, const std::string& workspace,
                         const std::string& working_directory) {
  base::Flags flags(
      "update_lock",
      "Writes the package lock from the signed indices of the archive, or checks it.");
  flags.add_switch("check", "check that the lock is what the archive signed", options.check);
  flags.add_switch("allow-older", "write versions that are lower than in the lock",
                   options.allow_older);
  // BUILD sets the defaults before the arguments of the user.
  flags.add({.name = "default-sets", .value = "FILE", .help = "set by BUILD: the package sets"},
            base::path(options.sets, workspace));
  flags.add({.name = "default-lock", .value = "FILE", .help = "set by BUILD: the lock"},
            base::path(options.lock, workspace));
  flags.add({.name = "sets", .value = "FILE", .help = "read the package sets from this file"},
            base::path(options.sets, working_directory));
  flags.add({.name = "lock", .value = "FILE", .help = "write or check this lock"},
            base::path(options.lock, working_directory));
  add_archive_flags(flags, options.archive, working_directory);
  flags.set_epilogue("docs/supply_chain.md describes the files.");
  return flags;
}

}  // namespace kmod::lock
