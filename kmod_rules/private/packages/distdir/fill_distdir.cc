// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Fills a directory with the files of locked packages, or checks one; see docs/offline.md and
// --help.

#include <fmt/core.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/bazel_program.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/packages/distdir/distdir.h"
#include "kmod_rules/private/packages/distdir/fill_options.h"
#include "kmod_rules/private/packages/distdir/package_source.h"
#include "kmod_rules/private/packages/lock/archive_tools.h"
#include "kmod_rules/private/packages/lock/lock_file.h"
#include "kmod_rules/private/packages/lock/mirror_list.h"

namespace kmod::distdir {
namespace {

// Empty if Bazel cannot be asked: the mirrors have all packages too.
std::string find_repository_cache(const FillOptions& options) {
  if (!options.repository_cache.empty()) return options.repository_cache;
  const auto bazel = base::find_bazel(options.bazel);
  if (!bazel) return {};
  // With one name, Bazel prints only the value.
  const auto info = base::bazel_info(*bazel, base::directory_from("BUILD_WORKSPACE_DIRECTORY"), {},
                                     {"output_base", "repository_cache"});
  return info ? info->at("repository_cache") : std::string();
}

void print(const PackageFile& file, const std::string& message) {
  fmt::print("{}: {}: {}\n", file.name(), file.package, message);
}

// Prints a line for each file that is missing or wrong, and returns their number.
base::Result<std::size_t> check(const std::string& directory,
                                const std::vector<PackageFile>& files) {
  std::size_t wrong = 0;
  for (const PackageFile& file : files) {
    const std::string fault = KMOD_TRY(fault_in(directory, file));
    if (fault.empty()) continue;
    print(file, fault);
    ++wrong;
  }
  return wrong;
}

base::Result<std::size_t> fill(const FillOptions& options, const std::vector<PackageFile>& files) {
  KMOD_TRY(base::make_directories(options.directory));
  const PackageSource source(find_repository_cache(options),
                             KMOD_TRY(lock::choose_mirrors(options.mirrors, options.mirror_list)),
                             lock::ArchiveTools(std::filesystem::absolute(options.tools), ""));
  std::size_t wrong = 0;
  for (const PackageFile& file : files) {
    const std::string fault = KMOD_TRY(fault_in(options.directory, file));
    if (fault.empty()) continue;
    const auto origin = source.fetch(file, options.directory);
    print(file, origin ? fmt::format("{}; taken from {}", fault, *origin)
                       : fmt::format("{}, and {}", fault, origin.error()));
    if (!origin) ++wrong;
  }
  return wrong;
}

base::Result<int> run(const FillOptions& options) {
  std::vector<lock::Lock> locks;
  for (const std::string& path : options.locks.empty() ? options.own_locks : options.locks) {
    locks.push_back(KMOD_TRY(lock::parse_lock(KMOD_TRY(base::read_file(path)), path)));
  }
  const std::vector<PackageFile> files = KMOD_TRY(files_of(locks, options.sets));
  const std::size_t wrong =
      KMOD_TRY(options.check ? check(options.directory, files) : fill(options, files));
  // A directory that does not exist has no other files; the missing ones are already printed.
  if (const auto others = others_in(options.directory, files)) {
    for (const std::string& name : *others) {
      fmt::print("{}: does not belong to a requested package; it does no harm\n", name);
    }
  }
  fmt::print("{}: {} of {} packages are there and correct\n", options.directory,
             files.size() - wrong, files.size());
  return wrong == 0 ? 0 : 1;
}

}  // namespace
}  // namespace kmod::distdir

int main(int argc, char** argv) {
  kmod::distdir::FillOptions options;
  const kmod::base::Flags flags =
      kmod::distdir::fill_flags(options, kmod::base::directory_from("BUILD_WORKING_DIRECTORY"));
  return kmod::base::run_program(flags, argc, argv, [&] { return kmod::distdir::run(options); });
}
