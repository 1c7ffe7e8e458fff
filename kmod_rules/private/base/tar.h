// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes tar archives that depend on the files alone, by GNU tar.
#ifndef KMOD_RULES_PRIVATE_BASE_TAR_H_
#define KMOD_RULES_PRIVATE_BASE_TAR_H_

#include <string>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::base {

struct TarArchive {
  std::string tar;                 // the path of GNU tar
  std::string directory;           // the paths are relative to it
  std::vector<std::string> paths;  // in this order; a directory brings what is below it
  std::string mode;                // of all files, as chmod takes it, such as "0644"
  std::string output;
};

// Writes the archive. Its files are root's, and all of the same date.
//
// Errors: tar cannot start or fails; the message has what it prints.
[[nodiscard]] Status write_tar(const TarArchive& archive);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_TAR_H_
