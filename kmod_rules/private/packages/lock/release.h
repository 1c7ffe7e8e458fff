// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads an archive's Release file, which the archive signs and which has the hashes of the indices.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_RELEASE_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_RELEASE_H_

#include <cstdint>
#include <ctime>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "kmod_rules/private/base/try.h"

namespace kmod::lock {

struct IndexFile {
  std::string sha256;
  std::uint64_t size = 0;
};

struct Release {
  std::string suite;     // "stable"
  std::string codename;  // "bookworm"
  std::time_t date = 0;  // of its creation, in seconds since 1970
  std::optional<std::time_t> valid_until;
  bool by_hash = false;  // indices are also available under their hash
  std::map<std::string, IndexFile, std::less<>> indices;  // paths below the suite's directory
};

// Reads the text inside the signature. Messages call the file `name`.
//
// Errors: Date or SHA256 is missing, a date is malformed, or a line of SHA256 is not a hash, a size
// and a path.
[[nodiscard]] base::Result<Release> parse_release(std::string_view text, const std::string& name);

// Checks that the file is the requested one and, if `now` is given, has not expired then. The
// signature does not prevent a mirror from serving another suite or an old state.
[[nodiscard]] base::Status check_release(const Release& release, const std::string& suite,
                                         const std::string& name, std::optional<std::time_t> now);

// "Sat, 11 Jul 2026 10:16:37 UTC"
[[nodiscard]] std::string format_date(std::time_t date);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_RELEASE_H_
