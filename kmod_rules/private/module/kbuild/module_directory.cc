// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/module_directory.h"

#include <fmt/core.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "kmod_rules/private/base/file.h"

namespace kmod::kbuild {
namespace {

std::string directory_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

// Makefiles of projects run scripts. All files become executable, because a remote worker does not
// know which of them are in the workspace.
base::Status make_executable(const std::string& path) {
  std::error_code error;
  std::filesystem::permissions(path, std::filesystem::perms::owner_exec,
                               std::filesystem::perm_options::add, error);
  if (!error) return {};
  return std::unexpected(fmt::format("cannot make {} executable: {}", path, error.message()));
}

}  // namespace

ModuleDirectory::ModuleDirectory(const std::string& path)
    : path_(path), module_(path + "/module"), temporary_(path + "/tmp") {}

ModuleDirectory::ModuleDirectory(ModuleDirectory&& other) noexcept
    : path_(std::exchange(other.path_, "")),
      module_(std::move(other.module_)),
      temporary_(std::move(other.temporary_)) {}

ModuleDirectory::~ModuleDirectory() {
  if (path_.empty()) return;
  // After an error, files stay, which the next run removes. That is not a reason to fail this one.
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

base::Result<ModuleDirectory> ModuleDirectory::create(const std::string& path) {
  std::error_code error;
  std::filesystem::remove_all(path, error);
  if (error) {
    return std::unexpected(fmt::format("cannot remove {}: {}", path, error.message()));
  }
  // The .cmd files name the directory, and modpost reads them from elsewhere.
  const auto absolute = std::filesystem::absolute(path, error);
  if (error) {
    return std::unexpected(fmt::format("cannot find the working directory: {}", error.message()));
  }
  ModuleDirectory directory(absolute.string());
  for (const std::string& part : {directory.module_, directory.temporary_}) {
    KMOD_TRY(base::make_directories(part));
  }
  return directory;
}

base::Status ModuleDirectory::fill(const ModuleLayout& layout) const {
  for (const ModuleLayout::Source& source : layout.sources()) {
    const std::string to = fmt::format("{}/{}", module_, source.name);
    KMOD_TRY(base::make_directories(directory_of(to)));
    KMOD_TRY(base::copy_file(source.file, to));
    if (layout.makefile().empty()) KMOD_TRY(make_executable(to));
  }
  for (const ModuleLayout::Prebuilt& prebuilt : layout.prebuilt()) {
    const std::string object = KMOD_TRY(base::read_file(prebuilt.file));
    const std::string directory = module_ + "/";
    KMOD_TRY(base::write_file(directory + prebuilt.object, object));
    KMOD_TRY(base::write_file(directory + prebuilt.digest, digest_contents(object)));
    KMOD_TRY(base::write_file(directory + prebuilt.cmd_file, cmd_file_contents(prebuilt, module_)));
  }
  if (layout.makefile().empty()) return {};
  return base::write_file(module_ + "/Makefile", layout.makefile());
}

}  // namespace kmod::kbuild
