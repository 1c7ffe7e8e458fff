// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/kernel_packages.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <iterator>
#include <set>
#include <utility>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/packages/deb822.h"
#include "kmod_rules/private/packages/lock/resolve.h"
#include "kmod_rules/private/packages/lock/version.h"

namespace kmod::lock {
namespace {

constexpr std::string_view kHeaders = "linux-headers-";
constexpr std::size_t kMostReleases = 12;

// The first kernel whose headers do not include the compiler's stdarg.h.
constexpr std::string_view kOwnStdarg = "5.15";

bool is_digit(char character) { return character >= '0' && character <= '9'; }

// Where the flavor begins: behind the parts that begin with a digit, each with its dash.
std::size_t flavor_start(std::string_view release) {
  std::size_t start = 0;
  while (start < release.size() && is_digit(release[start])) {
    const std::size_t dash = release.find('-', start);
    if (dash == std::string_view::npos) return release.size();
    start = dash + 1;
  }
  return start;
}

std::string version_of(std::string_view release) {
  const std::size_t start = flavor_start(release);
  return std::string(release.substr(0, start == 0 ? 0 : start - 1));
}

// "gcc-12" for gcc-12, gcc-12-for-host and the like; empty for another package.
std::string compiler_of(std::string_view package) {
  constexpr std::string_view kPrefix = "gcc-";
  if (!package.starts_with(kPrefix)) return "";
  std::size_t end = kPrefix.size();
  while (end < package.size() && is_digit(package[end])) ++end;
  if (end == kPrefix.size()) return "";
  const std::string_view rest = package.substr(end);
  if (!rest.empty() && rest != "-for-host" && rest != "-x86-64-linux-gnu") return "";
  return std::string(package.substr(0, end));
}

std::string headers_of(std::string_view release) { return fmt::format("{}{}", kHeaders, release); }

base::Status check_release_exists(const PackageIndex& index, const std::string& release) {
  if (index.newest(headers_of(release)) != nullptr) return {};
  const std::string flavor = flavor_of(release);
  const std::vector<std::string> releases = kernel_releases(index);
  std::vector<std::string> known;
  for (const bool same : {true, false}) {
    std::ranges::copy_if(releases, std::back_inserter(known), [&](const std::string& each) {
      return (flavor_of(each) == flavor) == same;
    });
  }
  if (known.size() > kMostReleases) known.resize(kMostReleases);
  if (known.empty()) {
    return std::unexpected("the index has no package linux-headers-RELEASE at all");
  }
  return std::unexpected(fmt::format("the index has no {}. It has these releases: {}",
                                     headers_of(release), base::join(known, ", ")));
}

// What packages of a kernel and its compiler depend on for the installation, and for user space.
Excluded excluded_from_headers(const KernelChoice& kernel, const std::set<std::string>& compilers) {
  Excluded excluded = {
      {"base-files", "The folders of an installed system."},
      {"debconf", "Asks questions during an installation."},
      {"linux-base", "For the installation of kernels only."},
      {"linux-image-" + kernel.release, "The image is in the set " + kernel.name + "_image."},
      {"linux-sysctl-defaults", "For the installation of kernels only."},
      {"systemd", "For the installation of kernels only."},
  };
  for (const std::string& package : compilers) {
    excluded.emplace(package, "The compiler is in the set " + kernel.name + "_tools.");
  }
  return excluded;
}

Excluded excluded_from_tools(const KernelChoice& kernel) {
  const std::string number = kernel.compiler.substr(kernel.compiler.rfind('-') + 1);
  Excluded excluded = {
      {"base-files", "The folders of an installed system."},
      {"debconf", "Asks questions during an installation."},
      {"debianutils", "For the installation of shells only."},
      {"dpkg", "For the installation of packages only."},
      {"libcc1-0", "A plugin of the debugger."},
      {"libgprofng0", "Of a profiler that kbuild does not call."},
  };
  const std::string library = fmt::format("libgcc-{}-dev", number);
  if (compare_versions(version_of(kernel.release), kOwnStdarg) >= 0) {
    excluded.emplace(library, "Libraries of user space; a kernel has none.");
    return excluded;
  }
  for (const char* name :
       {"libasan6", "libasan8", "libatomic1", "libgomp1", "libhwasan0", "libitm1", "liblsan0",
        "libquadmath0", "libtsan0", "libtsan2", "libubsan1"}) {
    excluded.emplace(
        name, fmt::format("A library of user space; {} is here for the header stdarg.h.", library));
  }
  return excluded;
}

// The packages below the headers that stand for a compiler, by the compiler's name.
std::vector<std::pair<std::string, std::string>> compiler_packages(const PackageIndex& index,
                                                                   const std::string& release) {
  std::vector<std::pair<std::string, std::string>> result;
  std::set<std::string> seen;
  std::deque<std::string> queue = {headers_of(release)};
  while (!queue.empty()) {
    const std::string name = queue.front();
    queue.pop_front();
    const PackageRecord* const record = index.newest(name);
    if (!seen.insert(name).second || record == nullptr) continue;
    for (const auto& alternatives : packages::parse_relation(record->depends)) {
      for (const std::string& package : alternatives) {
        if (std::string compiler = compiler_of(package); !compiler.empty()) {
          // Debian 12 has a package between, linux-compiler-gcc-12-x86.
          result.emplace_back(std::move(compiler), name.contains("-compiler-") ? name : package);
        } else if (package.starts_with("linux-") && !package.starts_with("linux-image-")) {
          queue.push_back(package);
        }
      }
    }
  }
  return result;
}

// The image package, and those of the same release on which it depends: Debian 14 has image and
// modules in packages of their own.
base::Result<std::vector<std::string>> image_packages(const PackageIndex& index,
                                                      const std::string& release) {
  const std::string image = "linux-image-" + release;
  const PackageRecord* const record = index.newest(image);
  if (record == nullptr) {
    return std::unexpected(
        fmt::format("the index has no {}, which VM tests boot: the mirror has only a part of the "
                    "kernel's packages. Use another mirror, or another release.",
                    image));
  }
  std::vector<std::string> packages = {image};
  for (const auto& alternatives : packages::parse_relation(record->depends)) {
    const std::string& package = alternatives.front();
    if (package.starts_with("linux-") && package.ends_with("-" + release)) {
      packages.push_back(package);
    }
  }
  return packages;
}

}  // namespace

std::string flavor_of(std::string_view release) {
  const std::size_t start = flavor_start(release);
  return start == 0 ? "" : std::string(release.substr(start));
}

std::vector<std::string> kernel_releases(const PackageIndex& index) {
  std::vector<std::string> releases;
  for (const std::string& name : index.names(kHeaders)) {
    std::string release = name.substr(kHeaders.size());
    const std::string flavor = flavor_of(release);
    // linux-headers-6.1.0-50-common has what the flavors share.
    if (!flavor.empty() && !flavor.starts_with("common")) releases.push_back(std::move(release));
  }
  std::ranges::sort(releases, [](const auto& left, const auto& right) {
    const auto order = compare_versions(version_of(left), version_of(right));
    return order == std::strong_ordering::equal ? left < right : order > 0;
  });
  return releases;
}

base::Result<std::string> newest_release(const PackageIndex& index, std::string_view flavor) {
  std::set<std::string> flavors;
  for (const std::string& release : kernel_releases(index)) {
    std::string each = flavor_of(release);
    if (each == flavor) return release;
    flavors.insert(std::move(each));
  }
  return std::unexpected(fmt::format("the index has no kernel of the flavor {}. It has: {}", flavor,
                                     base::join(flavors, ", ")));
}

base::Result<std::string> find_compiler(const PackageIndex& index, const std::string& release) {
  KMOD_TRY(check_release_exists(index, release));
  std::set<std::string> compilers;
  for (const auto& [compiler, package] : compiler_packages(index, release)) {
    compilers.insert(compiler);
  }
  if (compilers.size() == 1) return *compilers.begin();
  if (compilers.empty()) {
    return std::unexpected(
        fmt::format("{} depends on no compiler. Name the one that built the kernel, such as "
                    "--compiler=gcc-12; /proc/version of that kernel shows it.",
                    headers_of(release)));
  }
  return std::unexpected(
      fmt::format("{} depends on several compilers: {}. Name the one that built the kernel, such "
                  "as --compiler={}; /proc/version of that kernel shows it.",
                  headers_of(release), base::join(compilers, ", "), *compilers.begin()));
}

base::Result<PackageSets> kernel_package_sets(const KernelChoice& kernel, const PackageIndex& index,
                                              const ReleaseSource& source) {
  KMOD_TRY(check_release_exists(index, kernel.release));
  std::set<std::string> compilers;
  for (auto& [compiler, package] : compiler_packages(index, kernel.release)) {
    compilers.insert(std::move(package));
  }
  const std::string number = kernel.compiler.substr(kernel.compiler.rfind('-') + 1);
  const PackageSet headers = {.name = kernel.name,
                              .release = kernel.suite,
                              .roots = {headers_of(kernel.release)},
                              .excluded = excluded_from_headers(kernel, compilers)};
  const PackageSet image = {
      .name = kernel.name + "_image",
      .release = kernel.suite,
      .without_dependencies = KMOD_TRY(image_packages(index, kernel.release))};
  const PackageSet tools = {
      .name = kernel.name + "_tools",
      .release = kernel.suite,
      .roots = {kernel.compiler, "cpp-" + number, "binutils", "binutils-x86-64-linux-gnu", "make",
                "dash", "bash", "coreutils", "sed", "grep", "findutils", "mawk", "xz-utils"},
      .excluded = excluded_from_tools(kernel)};
  PackageSets sets;
  sets.releases.emplace(kernel.suite, source);
  for (const PackageSet& set : {headers, image, tools}) {
    sets.sets.push_back(KMOD_TRY(drop_unused_excludes(set, index)));
  }
  return sets;
}

}  // namespace kmod::lock
