// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads the members of a static library (ar, GNU format).
#ifndef KMOD_RULES_PRIVATE_BASE_ARCHIVE_H_
#define KMOD_RULES_PRIVATE_BASE_ARCHIVE_H_

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace kmod::base {

struct ArchiveMember {
  std::string_view name;
  std::string_view bytes;
};

[[nodiscard]] bool is_archive(std::string_view bytes);

// The members in their order, without the archive's own tables; they point into `bytes`. The same
// name may occur twice.
//
// Errors: what is wrong with the file, without its name. A thin archive is one: it only points at
// its members.
[[nodiscard]] std::expected<std::vector<ArchiveMember>, std::string> parse_archive(
    std::string_view bytes);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_ARCHIVE_H_
