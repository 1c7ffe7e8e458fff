// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The pinned programs that fetch, verify and unpack the indices of an archive.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_ARCHIVE_TOOLS_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_ARCHIVE_TOOLS_H_

#include <expected>
#include <string>
#include <utility>

#include "kmod_rules/private/base/try.h"

namespace kmod::lock {

struct FetchError {
  bool missing = false;  // the mirror answers, but does not have the file
  std::string message;
};

class ArchiveTools {
 public:
  // `root`: the tree of the package set archive_tools. `keyring`: the keys that may sign, a file as
  // gpgv reads it. Both are absolute paths.
  ArchiveTools(std::string root, std::string keyring)
      : root_(std::move(root)), keyring_(std::move(keyring)) {}

  // Downloads a file. Proxies and certificates come from the environment, as curl reads it.
  [[nodiscard]] std::expected<void, FetchError> fetch(const std::string& url,
                                                      const std::string& output) const;

  // The status lines of gpgv, for judge_signature(), about a file that contains its signature. The
  // signed text is written to `output`.
  [[nodiscard]] base::Result<std::string> verify_inline(const std::string& file,
                                                        const std::string& output) const;

  // The same for a file with a separate signature.
  [[nodiscard]] base::Result<std::string> verify_detached(const std::string& file,
                                                          const std::string& signature) const;

  // Unpacks FILE.xz to FILE.
  [[nodiscard]] base::Status unpack_xz(const std::string& file) const;

 private:
  [[nodiscard]] std::string program(const std::string& name) const;

  std::string root_;
  std::string keyring_;
};

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_ARCHIVE_TOOLS_H_
