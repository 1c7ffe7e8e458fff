// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Build action ModuleArchive: puts the modules of one kernel into an archive as they are installed,
// with the index that modprobe reads.

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/tar.h"
#include "kmod_rules/private/base/temporary_directory.h"
#include "kmod_rules/private/kernel/depmod.h"

namespace kmod::set {
namespace {

namespace fs = std::filesystem;

struct Request {
  std::string label;
  std::string release;
  std::string tar;
  std::string depmod;
  std::string output;
  std::vector<std::pair<std::string, std::string>> modules;  // names of files, and their sources
};

// These describe the kernel itself, and the ones of the installed kernel must stay.
constexpr std::string_view kOfTheKernel = "modules.builtin";

base::Status write_index(const Request& request, const std::string& root,
                         const std::string& directory) {
  const std::string output = KMOD_TRY(kernel::run_depmod(request.depmod, root, request.release));
  if (!output.empty()) return std::unexpected("depmod cannot read a module:\n" + output);
  return base::remove_file(directory + "/modules.order");
}

base::Result<std::vector<std::string>> index_files(const std::string& directory) {
  std::error_code error;
  std::vector<std::string> names;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename();
    if (name.starts_with("modules.") && !name.starts_with(kOfTheKernel)) names.push_back(name);
  }
  if (error) {
    return std::unexpected(fmt::format("cannot read {}: {}", directory, error.message()));
  }
  std::ranges::sort(names);
  return names;
}

base::Status write_archive(const Request& request) {
  const auto root = KMOD_TRY(base::TemporaryDirectory::create_in(
      fs::absolute(request.output).parent_path().string(), "write_module_archive"));
  const std::string modules = "lib/modules/" + request.release;
  const std::string directory = root.path() + "/" + modules;
  KMOD_TRY(base::make_directories(directory + "/updates"));
  std::vector<std::string> paths;
  for (const auto& [name, source] : request.modules) {
    KMOD_TRY(base::copy_file(source, fmt::format("{}/updates/{}", directory, name)));
    paths.push_back(fmt::format("{}/updates/{}", modules, name));
  }
  if (!request.depmod.empty()) {
    KMOD_TRY(write_index(request, root.path(), directory));
    for (const std::string& name : KMOD_TRY(index_files(directory))) {
      paths.push_back(fmt::format("{}/{}", modules, name));
    }
  }
  return base::write_tar({.tar = request.tar,
                          .directory = root.path(),
                          .paths = std::move(paths),
                          .mode = "0644",
                          .output = request.output});
}

base::Result<int> run(const Request& request) {
  if (const base::Status written = write_archive(request); !written) {
    return std::unexpected(fmt::format("{}: {}", request.label, written.error()));
  }
  return 0;
}

}  // namespace
}  // namespace kmod::set

int main(int argc, char** argv) {
  using enum kmod::base::FlagCount;
  kmod::set::Request request;
  kmod::base::Flags flags("write_module_archive",
                          "Puts modules into a tar archive, below lib/modules/RELEASE/updates.");
  flags.add({"label", "LABEL", "the target, for error messages", kOnce},
            kmod::base::text(request.label));
  flags.add({"release", "RELEASE", "the kernel's release", kOnce},
            kmod::base::text(request.release));
  flags.add({"module", "NAME:FILE", "adds a module under this name", kOneOrMore},
            kmod::base::pair(':', [&request](std::string name, std::string source) {
              request.modules.emplace_back(std::move(name), std::move(source));
              return kmod::base::Status();
            }));
  flags.add({"tar", "PROGRAM", "GNU tar, which writes the archive", kOnce},
            kmod::base::text(request.tar));
  flags.add({"depmod", "PROGRAM", "writes the index that modprobe reads, with this depmod"},
            kmod::base::text(request.depmod));
  flags.add({"output", "FILE", "the archive to write", kOnce}, kmod::base::text(request.output));
  return kmod::base::run_program(flags, argc, argv, [&request] { return kmod::set::run(request); });
}
