// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/signed_indices.h"

#include <fmt/core.h>

#include <ctime>
#include <filesystem>
#include <vector>

#include "kmod_rules/private/base/temporary_directory.h"
#include "kmod_rules/private/packages/lock/archive_tools.h"
#include "kmod_rules/private/packages/lock/mirror_list.h"
#include "kmod_rules/private/packages/lock/suite_fetcher.h"

namespace kmod::lock {
namespace {

base::Result<std::vector<std::string>> find_mirrors(const ArchiveOptions& options) {
  auto mirrors = choose_mirrors(options.mirrors, options.mirror_list);
  if (mirrors && mirrors->empty()) {
    return std::unexpected(
        "no package mirror is known: KMOD_MIRROR is not set, and apt's configuration names no main "
        "archive. Name one with --mirror=ADDRESS, such as --mirror=http://mirror.example/debian");
  }
  return mirrors;
}

std::string keyring_of(const ArchiveOptions& options) {
  return options.keyring.empty() ? options.tools + "/usr/share/keyrings/debian-archive-keyring.gpg"
                                 : options.keyring;
}

}  // namespace

base::Result<Indices> fetch_indices(const std::map<std::string, ReleaseSource>& releases,
                                    const ArchiveOptions& options) {
  const base::TemporaryDirectory work = KMOD_TRY(base::TemporaryDirectory::create("indices"));
  const ArchiveTools tools(std::filesystem::absolute(options.tools),
                           std::filesystem::absolute(keyring_of(options)));
  const SuiteFetcher fetcher(tools, KMOD_TRY(find_mirrors(options)), work.path(),
                             std::time(nullptr), options.accept_expired);
  Indices indices;
  for (const auto& [name, source] : releases) {
    for (const std::string& suite : source.suites) {
      fmt::print("{}: {}\n", name, KMOD_TRY(fetcher.fetch(suite, source, indices[name])));
    }
  }
  return indices;
}

}  // namespace kmod::lock
