// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/module/kbuild/module_directory.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "kmod_rules/private/base/file.h"

namespace kmod::kbuild {
namespace {

std::string directory_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

}  // namespace

ModuleDirectory::ModuleDirectory(const std::string& path)
    : path_(path), module_(path + "/module"), temporary_(path + "/tmp") {}

ModuleDirectory::ModuleDirectory(ModuleDirectory&& other) noexcept
    : path_(std::exchange(other.path_, "")),
      module_(std::move(other.module_)),
      temporary_(std::move(other.temporary_)) {}

ModuleDirectory::~ModuleDirectory() {
  if (path_.empty()) return;
  // An error leaves files that the next run removes, which is no reason to fail this one.
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::expected<ModuleDirectory, std::string> ModuleDirectory::create(const std::string& path) {
  std::error_code error;
  std::filesystem::remove_all(path, error);
  if (error) return std::unexpected("cannot remove " + path + ": " + error.message());
  // The .cmd files name the directory, and modpost reads them from elsewhere.
  const auto absolute = std::filesystem::absolute(path, error);
  if (error) return std::unexpected("cannot find the working directory: " + error.message());
  ModuleDirectory directory(absolute.string());
  for (const std::string& part : {directory.module_, directory.temporary_}) {
    if (auto done = base::make_directories(part); !done) return std::unexpected(done.error());
  }
  return directory;
}

std::expected<void, std::string> ModuleDirectory::fill(const ModuleLayout& plan) const {
  for (const ModuleLayout::Source& source : plan.sources()) {
    const std::string to = module_ + "/" + source.name;
    if (auto done = base::make_directories(directory_of(to)); !done) return done;
    if (auto done = base::copy_file(source.file, to); !done) return done;
  }
  for (const ModuleLayout::Prebuilt& prebuilt : plan.prebuilt()) {
    const auto object = base::read_file(prebuilt.file);
    if (!object) return std::unexpected(object.error());
    const std::string directory = module_ + "/";
    if (auto done = base::write_file(directory + prebuilt.object, *object); !done) return done;
    if (auto done = base::write_file(directory + prebuilt.digest, digest_contents(*object));
        !done) {
      return done;
    }
    if (auto done =
            base::write_file(directory + prebuilt.cmd_file, cmd_file_contents(prebuilt, module_));
        !done) {
      return done;
    }
  }
  return base::write_file(module_ + "/Makefile", plan.makefile());
}

}  // namespace kmod::kbuild
