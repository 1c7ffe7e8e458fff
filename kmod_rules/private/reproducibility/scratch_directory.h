// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_REPRODUCIBILITY_SCRATCH_DIRECTORY_H_
#define KMOD_RULES_PRIVATE_REPRODUCIBILITY_SCRATCH_DIRECTORY_H_

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "kmod_rules/private/base/temporary_directory.h"
#include "kmod_rules/private/base/try.h"

namespace kmod::reproducibility {

// The directory of the second build: one of the user's, or a temporary one.
class ScratchDirectory {
 public:
  // `path`: empty for a temporary directory; else a directory that is empty or does not exist yet.
  //
  // Errors: the directory cannot be created or is not empty; Bazel or make cannot handle its path.
  [[nodiscard]] static base::Result<ScratchDirectory> create(const std::string& path);

  // Absolute.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  ScratchDirectory(std::filesystem::path path, std::optional<base::TemporaryDirectory> temporary)
      : path_(std::move(path)), temporary_(std::move(temporary)) {}

  std::filesystem::path path_;
  std::optional<base::TemporaryDirectory> temporary_;
};

}  // namespace kmod::reproducibility

#endif  // KMOD_RULES_PRIVATE_REPRODUCIBILITY_SCRATCH_DIRECTORY_H_
