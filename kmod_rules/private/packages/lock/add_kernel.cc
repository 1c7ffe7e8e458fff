// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes the package sets and the lock of one kernel, moves its pins, or checks them; see
// docs/kernels.md and --help.

#include <fmt/core.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/bazel_program.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/packages/lock/kernel_packages.h"
#include "kmod_rules/private/packages/lock/lock_changes.h"
#include "kmod_rules/private/packages/lock/lock_check.h"
#include "kmod_rules/private/packages/lock/lock_file.h"
#include "kmod_rules/private/packages/lock/options.h"
#include "kmod_rules/private/packages/lock/package_sets.h"
#include "kmod_rules/private/packages/lock/resolve.h"
#include "kmod_rules/private/packages/lock/signed_indices.h"

namespace kmod::lock {
namespace {

struct KernelOptions {
  std::string name;
  std::string suite;
  std::string release;
  std::string newest;  // a flavor
  std::string compiler;
  std::string workspace;
  std::string directory;  // of the files, below the workspace; empty: the workspace itself
  bool update = false;
  bool check = false;
  ArchiveOptions archive;
};

struct Files {
  std::string sets;
  std::string lock;
};

std::string directory_of(const KernelOptions& options) {
  return options.workspace + (options.directory.empty() ? "" : "/" + options.directory);
}

// The flags that name the files of a kernel again.
std::string name_flags(const KernelOptions& options) {
  return "--name=" + options.name +
         (options.directory.empty() ? "" : " --directory=" + options.directory);
}

Files files_of(const KernelOptions& options) {
  const std::string stem = directory_of(options) + "/" + options.name;
  return {.sets = stem + ".package_sets.json", .lock = stem + ".lock.json"};
}

base::Status check_options(const KernelOptions& options) {
  if (options.update && options.check) {
    return std::unexpected("--update and --check exclude each other");
  }
  if (options.update || options.check) {
    if (!options.release.empty() || !options.suite.empty()) {
      return std::unexpected(
          "--update and --check take suite and release from the kernel's files: leave --suite and "
          "--release out");
    }
    if (options.check && !(options.newest.empty() && options.compiler.empty())) {
      return std::unexpected("--check changes nothing: leave --newest and --compiler out");
    }
    return {};
  }
  if (options.suite.empty() || options.release.empty() == options.newest.empty()) {
    return std::unexpected(
        "name the kernel with --suite=SUITE and either --release=RELEASE or --newest=FLAVOR, such "
        "as --suite=trixie --newest=cloud-amd64");
  }
  return {};
}

// The packages of Debian's main archive for x86-64.
ReleaseSource source_of(const std::string& suite) {
  return {.suites = {suite}, .components = {"main"}, .architecture = "amd64"};
}

double megabytes(std::uint64_t bytes) { return static_cast<double>(bytes) / 1e6; }

std::uint64_t size_of(const Lock& lock) {
  std::uint64_t size = 0;
  for (const auto& [name, entry] : lock.packages) size += entry.size;
  return size;
}

void print_sets(const Lock& lock) {
  for (const auto& [name, packages] : lock.sets) {
    std::uint64_t size = 0;
    for (const std::string& package : packages) size += lock.packages.at(package).size;
    fmt::print("set {}: {} packages, {:.1f} MB\n", name, packages.size(), megabytes(size));
    for (const std::string& package : packages) {
      fmt::print("  {} {}\n", package, lock.packages.at(package).version);
    }
  }
}

void print_declaration(const KernelOptions& options, const KernelChoice& kernel) {
  const std::string attributes = fmt::format(
      "    name = \"{0}\",\n    compiler = \"{1}\",\n    lock = \"//{3}:{0}.lock.json\",\n"
      "    release = \"{2}\",\n)\n",
      kernel.name, kernel.compiler, kernel.release, options.directory);
  fmt::print(
      "\nFor WORKSPACE:\n\n"
      "load(\"@rules_kmod//kmod_rules:repositories.bzl\", \"debian_kernel\")\n\n"
      "debian_kernel(\n{0}\n"
      "For MODULE.bazel:\n\n"
      "kmod = use_extension(\"@rules_kmod//kmod_rules:extensions.bzl\", \"kmod\")\n"
      "kmod.kernel(\n{0}use_repo(kmod, \"{1}\")\n",
      attributes, kernel.name);
  const std::string directory = directory_of(options);
  if (!std::filesystem::exists(directory + "/BUILD.bazel") &&
      !std::filesystem::exists(directory + "/BUILD")) {
    fmt::print("\n{} has no BUILD.bazel beside the lock. Create an empty one.\n", directory);
  }
}

// Chooses release and compiler, resolves the sets and writes both files.
base::Status write_kernel(const KernelOptions& options, KernelChoice kernel, const Indices& indices,
                          const Lock& before) {
  const Files files = files_of(options);
  const PackageIndex& index = indices.at(kernel.suite);
  if (kernel.compiler.empty()) kernel.compiler = KMOD_TRY(find_compiler(index, kernel.release));
  const PackageSets sets = KMOD_TRY(kernel_package_sets(kernel, index, source_of(kernel.suite)));
  const Lock lock = KMOD_TRY(resolve(sets, indices));
  if (options.update) {
    const auto changes = describe_changes(before, lock);
    for (const std::string& change : changes) fmt::print("{}\n", change);
    if (changes.empty()) {
      fmt::print("{}: nothing to change\n", files.lock);
      return {};
    }
    fmt::print("{:.1f} MB -> {:.1f} MB\n", megabytes(size_of(before)), megabytes(size_of(lock)));
  } else {
    print_sets(lock);
  }
  KMOD_TRY(base::make_directories(directory_of(options)));
  KMOD_TRY(base::write_file(files.sets, format_package_sets(sets)));
  KMOD_TRY(base::write_file(files.lock, format_lock(lock)));
  fmt::print("wrote {} and {}\n", files.sets, files.lock);
  print_declaration(options, kernel);
  return {};
}

base::Status add(const KernelOptions& options) {
  const Files files = files_of(options);
  for (const std::string& file : {files.sets, files.lock}) {
    if (std::filesystem::exists(file)) {
      return std::unexpected(
          fmt::format("{} exists. Move its pins with {} --update, or choose another --name.", file,
                      name_flags(options)));
    }
  }
  const Indices indices =
      KMOD_TRY(fetch_indices({{options.suite, source_of(options.suite)}}, options.archive));
  KernelChoice kernel = {.name = options.name,
                         .release = options.release,
                         .compiler = options.compiler,
                         .suite = options.suite};
  if (!options.newest.empty()) {
    kernel.release = KMOD_TRY(newest_release(indices.at(kernel.suite), options.newest));
  }
  return write_kernel(options, std::move(kernel), indices, {});
}

// A kernel that this program has added.
struct Added {
  PackageSets sets;
  Lock lock;
  std::string suite;
  std::string release;
};

base::Result<Added> read_added(const KernelOptions& options) {
  const Files files = files_of(options);
  for (const std::string& file : {files.sets, files.lock}) {
    if (!std::filesystem::exists(file)) {
      return std::unexpected(fmt::format(
          "there is no {}: --update and --check are for a kernel that this program has added. Add "
          "it with {} --suite=SUITE --newest=FLAVOR.",
          file, name_flags(options)));
    }
  }
  constexpr std::string_view kHeaders = "linux-headers-";
  Added added = {
      .sets = KMOD_TRY(parse_package_sets(KMOD_TRY(base::read_file(files.sets)), files.sets)),
      .lock = KMOD_TRY(parse_lock(KMOD_TRY(base::read_file(files.lock)), files.lock)),
      .suite = "",
      .release = ""};
  for (const PackageSet& set : added.sets.sets) {
    if (set.name != options.name) continue;
    for (const std::string& root : set.roots) {
      if (!root.starts_with(kHeaders)) continue;
      added.suite = set.release;
      added.release = root.substr(kHeaders.size());
    }
  }
  if (added.release.empty()) {
    return std::unexpected(fmt::format("{} has no set \"{}\" with a package linux-headers-RELEASE",
                                       files.sets, options.name));
  }
  return added;
}

base::Status update(const KernelOptions& options) {
  const Added added = KMOD_TRY(read_added(options));
  const Indices indices = KMOD_TRY(fetch_indices(added.sets.releases, options.archive));
  const std::string flavor = options.newest.empty() ? flavor_of(added.release) : options.newest;
  KernelChoice kernel = {.name = options.name,
                         .release = KMOD_TRY(newest_release(indices.at(added.suite), flavor)),
                         .compiler = options.compiler,
                         .suite = added.suite};
  if (kernel.release != added.release) {
    fmt::print("release {} -> {}: change it in the declaration\n", added.release, kernel.release);
  }
  return write_kernel(options, std::move(kernel), indices, added.lock);
}

base::Status check(const KernelOptions& options) {
  const Added added = KMOD_TRY(read_added(options));
  const Indices indices = KMOD_TRY(fetch_indices(added.sets.releases, options.archive));
  const auto faults = check_lock(added.lock, added.sets, indices);
  if (faults.empty()) {
    fmt::print("{}: all {} packages are in the index\n", files_of(options).lock,
               added.lock.packages.size());
    return {};
  }
  std::string lines;
  for (const std::string& fault : faults) lines += "\n  " + fault;
  return std::unexpected(
      fmt::format("pins of {} have left the archive:{}\nMove them with {} --update.", options.name,
                  lines, name_flags(options)));
}

base::Result<int> run(const KernelOptions& options) {
  KMOD_TRY(check_options(options));
  if (options.check) {
    KMOD_TRY(check(options));
  } else if (options.update) {
    KMOD_TRY(update(options));
  } else {
    KMOD_TRY(add(options));
  }
  return 0;
}

// A name of a repository, and of files.
base::FlagSetter repository_name(std::string& target) {
  return [&target](const std::string& value) -> base::Status {
    const bool good =
        value.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos &&
        !value.empty() && value.front() >= 'a';
    if (!good) {
      return std::unexpected(
          "has to be the name of a repository: a lowercase letter, then lowercase letters, digits "
          "and underscores");
    }
    target = value;
    return {};
  };
}

// A package of the workspace, for the label of the lock.
base::FlagSetter relative_directory(std::string& target) {
  return [&target](const std::string& value) -> base::Status {
    const std::filesystem::path path(value);
    if (value.empty() || path.is_absolute() || path.lexically_normal() != path ||
        value.starts_with("..") || value.ends_with('/')) {
      return std::unexpected("has to be a path below the workspace, without . and ..");
    }
    target = value;
    return {};
  };
}

base::Flags kernel_flags(KernelOptions& options) {
  using enum base::FlagCount;
  base::Flags flags("add_kernel",
                    "Adds a kernel of Debian, or of a distribution with Debian's packages: writes "
                    "NAME.package_sets.json and NAME.lock.json into the workspace.");
  flags.add({"name", "NAME", "the kernel's repository, such as trixie_cloud", kOnce},
            repository_name(options.name));
  flags.add({"directory", "DIR",
             "the directory of the two files below the workspace, such as third_party/kernels; "
             "default: the workspace"},
            relative_directory(options.directory));
  flags.add({"suite", "SUITE", "the suite of the archive, such as trixie"},
            base::text(options.suite));
  flags.add({"release", "RELEASE", "the kernel, such as 6.12.117+deb13-cloud-amd64"},
            base::text(options.release));
  flags.add({"newest", "FLAVOR", "the newest kernel of this flavor, such as cloud-amd64"},
            base::text(options.newest));
  flags.add({"compiler", "GCC", "the compiler, such as gcc-14; default: that of the headers"},
            base::text(options.compiler));
  flags.add_switch("update", "move the pins of the kernel NAME to the newest of its flavor",
                   options.update);
  flags.add_switch("check", "check that the archive still has the pins of the kernel NAME",
                   options.check);
  add_archive_flags(flags, options.archive, base::directory_from("BUILD_WORKING_DIRECTORY"));
  flags.set_epilogue("docs/kernels.md describes the files.");
  return flags;
}

}  // namespace
}  // namespace kmod::lock

int main(int argc, char** argv) {
  kmod::lock::KernelOptions options;
  options.workspace = kmod::base::directory_from("BUILD_WORKSPACE_DIRECTORY");
  const kmod::base::Flags flags = kmod::lock::kernel_flags(options);
  return kmod::base::run_program(flags, argc, argv, [&] { return kmod::lock::run(options); });
}
