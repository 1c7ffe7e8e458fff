// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads the members of a static library (ar, GNU format).
#ifndef KMOD_RULES_PRIVATE_BASE_ARCHIVE_H_
#define KMOD_RULES_PRIVATE_BASE_ARCHIVE_H_

#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::base {

struct ArchiveMember {
  std::string_view name;
  std::string_view bytes;
};

[[nodiscard]] bool is_archive(std::string_view bytes);

// The members in their order, without the archive's own tables; they point into `bytes`. A name may
// occur more than once.
//
// Errors: the file is damaged, or is a thin archive, which only refers to its members. The message
// does not name the file.
[[nodiscard]] Result<std::vector<ArchiveMember>> parse_archive(std::string_view bytes);

// The same for any file: one that is no archive is a single member without a name.
[[nodiscard]] Result<std::vector<ArchiveMember>> members_of(std::string_view bytes);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_ARCHIVE_H_
