// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes the package lock from the signed indices of the archive, or checks it; see
// docs/supply_chain.md and --help.

#include <fmt/core.h>

#include <filesystem>
#include <string>
#include <vector>

#include "kmod_rules/private/base/bazel_program.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/packages/lock/lock_changes.h"
#include "kmod_rules/private/packages/lock/lock_check.h"
#include "kmod_rules/private/packages/lock/lock_file.h"
#include "kmod_rules/private/packages/lock/options.h"
#include "kmod_rules/private/packages/lock/package_sets.h"
#include "kmod_rules/private/packages/lock/resolve.h"
#include "kmod_rules/private/packages/lock/signed_indices.h"

namespace kmod::lock {
namespace {

// An empty text if the file does not exist yet.
base::Result<std::string> read_if_exists(const std::string& path) {
  return std::filesystem::exists(path) ? base::read_file(path) : base::Result<std::string>();
}

std::string lines(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& line : list) text += "\n  " + line;
  return text;
}

base::Result<Lock> resolve_sets(const Options& options, const PackageSets& sets,
                                const Indices& indices) {
  auto resolved = resolve(sets, indices);
  if (resolved) return resolved;
  return std::unexpected(fmt::format("{}: {}", options.sets, resolved.error()));
}

base::Status check(const Options& options, const PackageSets& sets, const Indices& indices,
                   const Lock& locked) {
  const auto faults = check_lock(locked, sets, indices);
  if (!faults.empty()) {
    return std::unexpected(
        fmt::format("{} does not agree with the signed index:{}", options.lock, lines(faults)));
  }
  const Lock resolved = KMOD_TRY(resolve_sets(options, sets, indices));
  const auto changes = describe_changes(locked, resolved);
  if (!changes.empty()) {
    return std::unexpected(
        fmt::format("{} is not what {} asks for:{}\nRun update_lock without --check.", options.lock,
                    options.sets, lines(changes)));
  }
  fmt::print("{}: all {} packages are as the archive signed them\n", options.lock,
             locked.packages.size());
  return {};
}

base::Status update(const Options& options, const PackageSets& sets, const Indices& indices,
                    const Lock& locked, const std::string& old_text) {
  const Lock resolved = KMOD_TRY(resolve_sets(options, sets, indices));
  const auto older = find_downgrades(locked, resolved);
  if (!older.empty() && !options.allow_older) {
    return std::unexpected(fmt::format(
        "{} is not changed: the index has lower versions than the lock, as on a mirror that "
        "withholds updates:{}\nUse another mirror, or --allow-older if this is intended.",
        options.lock, lines(older)));
  }
  for (const std::string& change : describe_changes(locked, resolved)) fmt::print("{}\n", change);
  const std::string text = format_lock(resolved);
  if (old_text == text) {
    fmt::print("{}: nothing to change\n", options.lock);
    return {};
  }
  return base::write_file(options.lock, text);
}

base::Result<int> run(const Options& options) {
  if (options.sets.empty() || options.lock.empty()) {
    return std::unexpected("name the files with --sets=FILE and --lock=FILE");
  }
  const PackageSets sets =
      KMOD_TRY(parse_package_sets(KMOD_TRY(base::read_file(options.sets)), options.sets));
  const std::string text = KMOD_TRY(read_if_exists(options.lock));
  const Lock locked = text.empty() ? Lock() : KMOD_TRY(parse_lock(text, options.lock));
  const Indices indices = KMOD_TRY(fetch_indices(sets.releases, options.archive));
  if (options.check) {
    KMOD_TRY(check(options, sets, indices, locked));
  } else {
    KMOD_TRY(update(options, sets, indices, locked, text));
  }
  return 0;
}

}  // namespace
}  // namespace kmod::lock

int main(int argc, char** argv) {
  kmod::lock::Options options;
  const kmod::base::Flags flags =
      kmod::lock::update_flags(options, kmod::base::directory_from("BUILD_WORKSPACE_DIRECTORY"),
                               kmod::base::directory_from("BUILD_WORKING_DIRECTORY"));
  return kmod::base::run_program(flags, argc, argv, [&] { return kmod::lock::run(options); });
}
