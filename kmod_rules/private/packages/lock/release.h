// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Reads an archive's Release file, which is what the archive signs: it has the hashes of the
// indices.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_RELEASE_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_RELEASE_H_

#include <cstdint>
#include <ctime>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kmod::lock {

struct IndexFile {
  std::string sha256;
  std::uint64_t size = 0;
};

struct Release {
  std::string suite;     // "stable"
  std::string codename;  // "bookworm"
  std::time_t date = 0;  // when it was made, in seconds since 1970
  std::optional<std::time_t> valid_until;
  bool by_hash = false;                                   // indices also lie under their hash
  std::map<std::string, IndexFile, std::less<>> indices;  // paths below the suite's folder
};

// Reads the text inside the signature. `name` is what messages call the file.
//
// Errors: no Date, a date that cannot be read, no SHA256 section, a line of it that has not a hash,
// a size and a path.
[[nodiscard]] std::expected<Release, std::string> parse_release(std::string_view text,
                                                                const std::string& name);

// Checks that the file is the one that was asked for, and that it still holds at `now`. A signature
// alone would let a mirror give another suite, or what was true last year.
[[nodiscard]] std::expected<void, std::string> check_release(const Release& release,
                                                             const std::string& suite,
                                                             const std::string& name,
                                                             std::time_t now);

// "Sat, 11 Jul 2026 10:16:37 UTC"
[[nodiscard]] std::string format_date(std::time_t date);

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_RELEASE_H_
