// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The directory that kbuild works in, for as long as it works.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_MODULE_DIRECTORY_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_MODULE_DIRECTORY_H_

#include <expected>
#include <string>

#include "kmod_rules/private/module/kbuild/module_layout.h"

namespace kmod::kbuild {

class ModuleDirectory {
 public:
  // Makes the directory `path` and removes it at the end. What an earlier run that was killed left
  // there goes first.
  //
  // Errors: the file system's, with the path.
  [[nodiscard]] static std::expected<ModuleDirectory, std::string> create(const std::string& path);

  ModuleDirectory(ModuleDirectory&& other) noexcept;
  ModuleDirectory& operator=(ModuleDirectory&&) = delete;
  ~ModuleDirectory();

  // Absolute paths.
  [[nodiscard]] const std::string& module() const { return module_; }
  [[nodiscard]] const std::string& temporary() const { return temporary_; }

  // Puts everything that the plan says there.
  [[nodiscard]] std::expected<void, std::string> fill(const ModuleLayout& plan) const;

 private:
  explicit ModuleDirectory(const std::string& path);

  std::string path_;
  std::string module_;
  std::string temporary_;
};

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_MODULE_DIRECTORY_H_
