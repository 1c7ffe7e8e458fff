// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/signature.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/packages/deb822.h"

namespace kmod::lock {
namespace {

constexpr std::string_view kPrefix = "[GNUPG:] ";

// RFC 4880, 9.4: SHA-256, SHA-384, SHA-512. Signatures over MD5 and SHA-1 can be forged.
constexpr std::string_view kStrongHashes[] = {"8", "9", "10"};

// The field of a VALIDSIG line with the hash algorithm (GnuPG's doc/DETAILS).
constexpr std::size_t kHashField = 8;

}  // namespace

base::Result<std::string> judge_signature(std::string_view status, const std::string& name) {
  std::string good;
  std::string reasons;
  bool by_valid_key = false;
  for (std::string_view line : base::split_lines(status)) {
    if (!line.starts_with(kPrefix)) continue;
    line.remove_prefix(kPrefix.size());
    const auto fields = base::words(line);
    if (fields.empty()) continue;
    const std::string key(fields.size() > 1 ? fields[1] : "");
    if (fields[0] == "BADSIG") {
      return std::unexpected(name + ": its signature by key " + key +
                             " is bad: the file is not what the archive signed. Do not use this "
                             "mirror.");
    }
    // A file can hold a second signed text behind the first: the first signature then does not
    // cover the whole file.
    if (fields[0] == "ERROR") {
      return std::unexpected(name + ": gpgv finds more or other in it than one signed text (" +
                             std::string(packages::trim(line)) + "). Do not use this mirror.");
    }
    if (fields[0] == "GOODSIG") by_valid_key = true;
    if (fields[0] == "EXPKEYSIG" || fields[0] == "REVKEYSIG" || fields[0] == "EXPSIG") {
      by_valid_key = false;
      reasons += "; key " + key + (fields[0] == "REVKEYSIG" ? " is revoked" : " has expired");
    }
    if (fields[0] == "NO_PUBKEY") reasons += "; key " + key + " is not in the keyring";
    // This line follows the line with the validity of the key.
    if (fields[0] == "VALIDSIG" && by_valid_key && fields.size() > kHashField) {
      if (std::ranges::find(kStrongHashes, fields[kHashField]) != std::end(kStrongHashes)) {
        good = key;
      } else {
        reasons += "; key " + key + " signed over a weak hash, number " +
                   std::string(fields[kHashField]) + " of OpenPGP";
      }
      by_valid_key = false;
    }
  }
  if (!good.empty()) return good;
  return std::unexpected(name + " has no good signature by a key of the keyring" +
                         (reasons.empty() ? "; it is not signed" : reasons) +
                         ". Use another mirror; for another distribution, give its keyring with "
                         "--keyring=FILE.");
}

}  // namespace kmod::lock
