// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Fetches the package indices of a suite and checks them from the signature to the hash.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_SUITE_FETCHER_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_SUITE_FETCHER_H_

#include <ctime>
#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/packages/lock/archive_tools.h"
#include "kmod_rules/private/packages/lock/package_index.h"
#include "kmod_rules/private/packages/lock/package_sets.h"
#include "kmod_rules/private/packages/lock/release.h"

namespace kmod::lock {

class SuiteFetcher {
 public:
  // Tries `mirrors` in order. `work` is a directory for temporary files. `now` is the time with
  // which the expiry date is compared, unless `accept_expired`.
  SuiteFetcher(ArchiveTools tools, std::vector<std::string> mirrors, std::string work,
               std::time_t now, bool accept_expired)
      : tools_(std::move(tools)),
        mirrors_(std::move(mirrors)),
        work_(std::move(work)),
        now_(now),
        accept_expired_(accept_expired) {}

  // Adds the packages of the suite to the index, and returns a line about their origin.
  //
  // Errors: no mirror has all files; the message has the reason of each mirror. A mirror whose
  // files are unsigned, expired or changed is an error at once, and no other mirror is tried.
  [[nodiscard]] base::Result<std::string> fetch(const std::string& suite,
                                                const ReleaseSource& source,
                                                PackageIndex& index) const;

 private:
  struct Signed {
    std::string text;
    std::string key;  // the fingerprint of the signing key
  };

  [[nodiscard]] std::expected<Signed, FetchError> fetch_release(const std::string& folder) const;
  [[nodiscard]] std::expected<Signed, FetchError> fetch_detached(const std::string& folder) const;
  [[nodiscard]] std::expected<std::string, FetchError> fetch_index(const std::string& folder,
                                                                   const Release& release,
                                                                   const std::string& path) const;
  [[nodiscard]] std::expected<std::string, FetchError> fetch_from(const std::string& mirror,
                                                                  const std::string& suite,
                                                                  const ReleaseSource& source,
                                                                  PackageIndex& index) const;

  ArchiveTools tools_;
  std::vector<std::string> mirrors_;
  std::string work_;
  std::time_t now_;
  bool accept_expired_;
};

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_SUITE_FETCHER_H_
