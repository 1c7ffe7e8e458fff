// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_BASE_TEMPORARY_DIRECTORY_H_
#define KMOD_RULES_PRIVATE_BASE_TEMPORARY_DIRECTORY_H_

#include <expected>
#include <string>
#include <utility>

namespace kmod::base {

// A directory that goes away with all that is in it.
class TemporaryDirectory {
 public:
  // Errors: it cannot be made, and why.
  [[nodiscard]] static std::expected<TemporaryDirectory, std::string> create();

  TemporaryDirectory(TemporaryDirectory&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(TemporaryDirectory&&) = delete;
  ~TemporaryDirectory();

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit TemporaryDirectory(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_TEMPORARY_DIRECTORY_H_
