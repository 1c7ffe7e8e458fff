// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_SCRATCH_DIRECTORY_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_SCRATCH_DIRECTORY_H_

#include <expected>
#include <filesystem>
#include <string>
#include <utility>

namespace kmod::reproducibility {

// Where the second build happens: a directory of the user's, or a temporary one that goes away.
class ScratchDirectory {
 public:
  // `path`: empty for a temporary one; else a directory that is empty, or is not there yet.
  //
  // Errors: it cannot be made; it is not empty; its path is one that Bazel or make cannot handle.
  [[nodiscard]] static std::expected<ScratchDirectory, std::string> create(const std::string& path);

  ScratchDirectory(ScratchDirectory&& other) noexcept
      : path_(std::move(other.path_)), temporary_(std::exchange(other.temporary_, false)) {}
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(ScratchDirectory&&) = delete;
  ~ScratchDirectory();

  // Absolute.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  ScratchDirectory(std::filesystem::path path, bool temporary)
      : path_(std::move(path)), temporary_(temporary) {}

  std::filesystem::path path_;
  bool temporary_ = false;
};

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_SCRATCH_DIRECTORY_H_
