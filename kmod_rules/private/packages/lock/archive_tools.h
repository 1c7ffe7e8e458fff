// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The pinned programs that fetch an archive's indices, verify and unpack them. None is the host's.
#ifndef KMOD_RULES_PRIVATE_PACKAGES_LOCK_ARCHIVE_TOOLS_H_
#define KMOD_RULES_PRIVATE_PACKAGES_LOCK_ARCHIVE_TOOLS_H_

#include <expected>
#include <string>
#include <utility>

namespace kmod::lock {

struct FetchError {
  bool missing = false;  // the mirror answers, and has no such file
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

  // What gpgv says, for judge_signature(), of a file that has its signature inside. What was signed
  // is written to `output`.
  [[nodiscard]] std::expected<std::string, std::string> verify_inline(
      const std::string& file, const std::string& output) const;

  // The same of a file with its signature beside it.
  [[nodiscard]] std::expected<std::string, std::string> verify_detached(
      const std::string& file, const std::string& signature) const;

  // Unpacks FILE.xz to FILE.
  [[nodiscard]] std::expected<void, std::string> unpack_xz(const std::string& file) const;

 private:
  [[nodiscard]] std::string program(const std::string& name) const;

  std::string root_;
  std::string keyring_;
};

}  // namespace kmod::lock

#endif  // KMOD_RULES_PRIVATE_PACKAGES_LOCK_ARCHIVE_TOOLS_H_
