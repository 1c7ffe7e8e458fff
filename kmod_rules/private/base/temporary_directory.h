// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_BASE_TEMPORARY_DIRECTORY_H_
#define KMOD_RULES_PRIVATE_BASE_TEMPORARY_DIRECTORY_H_

#include <string>
#include <string_view>
#include <utility>

#include "kmod_rules/private/base/try.h"

namespace kmod::base {

// A directory below TMPDIR, or below another directory. The destructor removes it with its
// contents, including directories that their owner may not write to.
class TemporaryDirectory {
 public:
  // `program` starts the directory's name.
  //
  // Errors: the directory cannot be created, and why.
  [[nodiscard]] static Result<TemporaryDirectory> create(std::string_view program);

  // The same below `parent`. For build actions: they may write beside their outputs, and Bazel sets
  // TMPDIR to a directory of the host.
  [[nodiscard]] static Result<TemporaryDirectory> create_in(const std::string& parent,
                                                            std::string_view program);

  TemporaryDirectory(TemporaryDirectory&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(TemporaryDirectory&&) = delete;
  ~TemporaryDirectory();

  // Absolute.
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit TemporaryDirectory(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_TEMPORARY_DIRECTORY_H_
