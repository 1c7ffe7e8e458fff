// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes the package lock from the signed indices of the archive, or checks it:
//
//   bazel run @rules_kmod//kmod_rules:update_lock -- [--check] [--allow-older] [--mirror=ADDRESS]…
//       [--sets=FILE] [--lock=FILE] [--keyring=FILE]
//
// docs/supply_chain.md says more.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/bazel_program.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/temporary_directory.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/packages/lock/archive_tools.h"
#include "kmod_rules/private/packages/lock/lock_changes.h"
#include "kmod_rules/private/packages/lock/lock_check.h"
#include "kmod_rules/private/packages/lock/lock_file.h"
#include "kmod_rules/private/packages/lock/mirror_list.h"
#include "kmod_rules/private/packages/lock/options.h"
#include "kmod_rules/private/packages/lock/package_sets.h"
#include "kmod_rules/private/packages/lock/resolve.h"
#include "kmod_rules/private/packages/lock/suite_fetcher.h"

namespace kmod::lock {
namespace {

using Done = std::expected<void, std::string>;

std::expected<std::vector<std::string>, std::string> find_mirrors(const Options& options) {
  auto mirrors = choose_mirrors(options.mirrors, options.mirror_list);
  if (mirrors && mirrors->empty()) {
    return std::unexpected(
        "no package mirror is known: KMOD_MIRROR is not set, and apt's configuration names no main "
        "archive. Name one with --mirror=ADDRESS, such as --mirror=http://mirror.example/debian");
  }
  return mirrors;
}

std::expected<Indices, std::string> fetch_indices(const PackageSets& sets, const Options& options) {
  const auto mirrors = find_mirrors(options);
  if (!mirrors) return std::unexpected(mirrors.error());
  const auto work = base::TemporaryDirectory::create("update_lock");
  if (!work) return std::unexpected(work.error());
  const std::string root = std::filesystem::absolute(options.tools);
  const SuiteFetcher fetcher(ArchiveTools(root, std::filesystem::absolute(options.keyring)),
                             *mirrors, work->path(), std::time(nullptr));
  Indices indices;
  for (const auto& [name, source] : sets.releases) {
    for (const std::string& suite : source.suites) {
      const auto origin = fetcher.fetch(suite, source, indices[name]);
      if (!origin) return std::unexpected(origin.error());
      std::printf("%s: %s\n", name.c_str(), origin->c_str());
    }
  }
  return indices;
}

// A lock that is not there yet is empty.
std::expected<Lock, std::string> read_lock(const std::string& path) {
  if (!std::filesystem::exists(path)) return Lock();
  const auto text = base::read_file(path);
  if (!text) return std::unexpected(text.error());
  return parse_lock(*text, path);
}

std::string lines(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& line : list) text += "\n  " + line;
  return text;
}

Done check(const Options& options, const PackageSets& sets, const Indices& indices,
           const Lock& locked) {
  const auto faults = check_lock(locked, sets, indices);
  if (!faults.empty()) {
    return std::unexpected(options.lock + " does not agree with the signed index:" + lines(faults));
  }
  const auto resolved = resolve(sets, indices);
  if (!resolved) return std::unexpected(options.sets + ": " + resolved.error());
  const auto changes = describe_changes(locked, *resolved);
  if (!changes.empty()) {
    return std::unexpected(options.lock + " is not what " + options.sets +
                           " asks for:" + lines(changes) + "\nWrite the lock anew.");
  }
  std::printf("%s: all %zu packages are as the archive signed them\n", options.lock.c_str(),
              locked.packages.size());
  return {};
}

Done update(const Options& options, const PackageSets& sets, const Indices& indices,
            const Lock& locked) {
  const auto resolved = resolve(sets, indices);
  if (!resolved) return std::unexpected(options.sets + ": " + resolved.error());
  const auto older = find_downgrades(locked, *resolved);
  if (!older.empty() && !options.allow_older) {
    return std::unexpected(
        options.lock +
        " is left as it is: the index has lower versions than the lock, as a mirror " +
        "that keeps updates back would have:" + lines(older) +
        "\nUse another mirror, or --allow-older if this is meant.");
  }
  for (const std::string& change : describe_changes(locked, *resolved)) {
    std::printf("%s\n", change.c_str());
  }
  const std::string text = format_lock(*resolved);
  const auto old_text = std::filesystem::exists(options.lock)
                            ? base::read_file(options.lock)
                            : std::expected<std::string, std::string>();
  if (old_text && *old_text == text) {
    std::printf("%s: nothing to change\n", options.lock.c_str());
    return {};
  }
  return base::write_file(options.lock, text);
}

Done run(const std::vector<std::string>& arguments) {
  const auto options = parse_options(arguments, base::directory_from("BUILD_WORKSPACE_DIRECTORY"),
                                     base::directory_from("BUILD_WORKING_DIRECTORY"));
  if (!options) return std::unexpected(options.error());
  const auto text = base::read_file(options->sets);
  if (!text) return std::unexpected(text.error());
  const auto sets = parse_package_sets(*text, options->sets);
  if (!sets) return std::unexpected(sets.error());
  const auto locked = read_lock(options->lock);
  if (!locked) return std::unexpected(locked.error());
  const auto indices = fetch_indices(*sets, *options);
  if (!indices) return std::unexpected(indices.error());
  return options->check ? check(*options, *sets, *indices, *locked)
                        : update(*options, *sets, *indices, *locked);
}

}  // namespace
}  // namespace kmod::lock

int main(int argc, char** argv) {
  const auto done = kmod::lock::run({argv + 1, argv + argc});
  if (done) return 0;
  std::fprintf(stderr, "update_lock: %s\n", done.error().c_str());
  return 1;
}
