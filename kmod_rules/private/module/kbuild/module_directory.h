// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The directory that kbuild works in, removed when it is done.
#ifndef KMOD_RULES_PRIVATE_MODULE_KBUILD_MODULE_DIRECTORY_H_
#define KMOD_RULES_PRIVATE_MODULE_KBUILD_MODULE_DIRECTORY_H_

#include <string>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/module/kbuild/module_layout.h"

namespace kmod::kbuild {

class ModuleDirectory {
 public:
  // Makes the directory `path`, after it removes what an earlier run that was killed left there.
  // The destructor removes the directory.
  //
  // Errors: those of the file system, with the path.
  [[nodiscard]] static base::Result<ModuleDirectory> create(const std::string& path);

  ModuleDirectory(ModuleDirectory&& other) noexcept;
  ModuleDirectory& operator=(ModuleDirectory&&) = delete;
  ~ModuleDirectory();

  // Absolute paths.
  [[nodiscard]] const std::string& module() const { return module_; }
  [[nodiscard]] const std::string& temporary() const { return temporary_; }

  // Writes all files of the layout.
  [[nodiscard]] base::Status fill(const ModuleLayout& layout) const;

 private:
  explicit ModuleDirectory(const std::string& path);

  std::string path_;
  std::string module_;
  std::string temporary_;
};

}  // namespace kmod::kbuild

#endif  // KMOD_RULES_PRIVATE_MODULE_KBUILD_MODULE_DIRECTORY_H_
