// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Fills a folder with the files of locked packages, for a site without a network, or checks one:
//
//   bazel run @rules_kmod//kmod_rules:fill_distdir -- [OPTION…] FOLDER
//
//   --check                    only look at what is there
//   --set=NAME                 only the packages of this set; may be given several times
//   --mirror=ADDRESS           instead of KMOD_MIRROR and apt's configuration
//   --lock=FILE                instead of rules_kmod's own locks; may be given several times
//   --repository_cache=FOLDER  instead of the one that Bazel names
//   --bazel=PROGRAM            the Bazel that names it
//
// Files that are there and right stay. Ends with 0 if all are, with 1 if not; docs/offline.md says
// more.

#include <cstdio>
#include <cstdlib>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/bazel_program.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/packages/distdir/distdir.h"
#include "kmod_rules/private/packages/distdir/fill_options.h"
#include "kmod_rules/private/packages/distdir/package_source.h"
#include "kmod_rules/private/packages/lock/archive_tools.h"
#include "kmod_rules/private/packages/lock/lock_file.h"
#include "kmod_rules/private/packages/lock/mirror_list.h"

namespace kmod::distdir {
namespace {

// Without one, the mirrors have all that is needed: no reason to stop.
std::string find_repository_cache(const FillOptions& options) {
  if (!options.repository_cache.empty()) return options.repository_cache;
  const auto bazel = base::find_bazel(options.bazel);
  if (!bazel) return {};
  // Asked for one value alone, Bazel leaves out its name.
  const auto info = base::bazel_info(*bazel, base::directory_from("BUILD_WORKSPACE_DIRECTORY"), {},
                                     {"output_base", "repository_cache"});
  return info ? info->at("repository_cache") : std::string();
}

std::expected<PackageSource, std::string> make_source(const FillOptions& options) {
  const auto mirrors = lock::choose_mirrors(options.mirrors, options.mirror_list);
  if (!mirrors) return std::unexpected(mirrors.error());
  const std::string root = std::filesystem::absolute(options.tools);
  return PackageSource(find_repository_cache(options), *mirrors, lock::ArchiveTools(root, ""));
}

void complain(const PackageFile& file, const std::string& what) {
  std::printf("%s: %s: %s\n", file.name().c_str(), file.package.c_str(), what.c_str());
}

// Prints what is wrong, and returns how many files are.
std::expected<std::size_t, std::string> check(const std::string& folder,
                                              const std::vector<PackageFile>& files) {
  std::size_t wrong = 0;
  for (const PackageFile& file : files) {
    const auto found = fault_in(folder, file);
    if (!found) return std::unexpected(found.error());
    if (found->empty()) continue;
    complain(file, *found);
    ++wrong;
  }
  return wrong;
}

std::expected<std::size_t, std::string> fill(const FillOptions& options,
                                             const std::vector<PackageFile>& files) {
  if (auto made = base::make_directories(options.folder); !made) {
    return std::unexpected(made.error());
  }
  const auto source = make_source(options);
  if (!source) return std::unexpected(source.error());
  std::size_t wrong = 0;
  for (const PackageFile& file : files) {
    const auto found = fault_in(options.folder, file);
    if (!found) return std::unexpected(found.error());
    if (found->empty()) continue;
    const auto from = source->fetch(file, options.folder);
    if (!from) {
      complain(file, *found + ", and " + from.error());
      ++wrong;
    } else {
      complain(file, *found + "; taken from " + *from);
    }
  }
  return wrong;
}

// Are all files there and right?
std::expected<bool, std::string> run(const std::vector<std::string>& arguments) {
  const auto options =
      parse_fill_options(arguments, base::directory_from("BUILD_WORKING_DIRECTORY"));
  if (!options) return std::unexpected(options.error());
  std::vector<lock::Lock> locks;
  for (const std::string& path : options->locks) {
    const auto text = base::read_file(path);
    if (!text) return std::unexpected(text.error());
    auto lock = lock::parse_lock(*text, path);
    if (!lock) return std::unexpected(lock.error());
    locks.push_back(std::move(*lock));
  }
  const auto files = files_of(locks, options->sets);
  if (!files) return std::unexpected(files.error());

  const auto wrong = options->check ? check(options->folder, *files) : fill(*options, *files);
  if (!wrong) return std::unexpected(wrong.error());
  // A folder that is not there has nothing that is too much; its files were named as missing.
  if (const auto others = others_in(options->folder, *files)) {
    for (const std::string& name : *others) {
      std::printf("%s: no package of the lock that was asked for; it does no harm\n", name.c_str());
    }
  }
  std::printf("%s: %zu of %zu packages are there and right\n", options->folder.c_str(),
              files->size() - *wrong, files->size());
  return *wrong == 0;
}

}  // namespace
}  // namespace kmod::distdir

int main(int argc, char** argv) {
  const auto good = kmod::distdir::run({argv + 1, argv + argc});
  if (good) return *good ? 0 : 1;
  std::fprintf(stderr, "fill_distdir: %s\n", good.error().c_str());
  return 1;
}
