// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/suite_fetcher.h"

#include <fmt/core.h>

#include <optional>

#include "kmod_rules/private/base/digest.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/packages/lock/signature.h"

namespace kmod::lock {
namespace {

// An error after which the next mirror is tried.
std::unexpected<FetchError> unreachable(std::string message) {
  return std::unexpected(FetchError{true, std::move(message)});
}

// An error that shows that the mirror or its files cannot be trusted.
std::unexpected<FetchError> refused(std::string message) {
  return std::unexpected(FetchError{false, std::move(message)});
}

}  // namespace

std::expected<SuiteFetcher::Signed, FetchError> SuiteFetcher::fetch_detached(
    const std::string& folder) const {
  const std::string file = work_ + "/Release";
  for (const char* name : {"/Release", "/Release.gpg"}) {
    if (auto done = tools_.fetch(folder + name, work_ + name); !done) {
      return unreachable(done.error().message);
    }
  }
  const auto status = tools_.verify_detached(file, file + ".gpg");
  if (!status) return refused(status.error());
  auto key = judge_signature(*status, folder + "/Release");
  if (!key) return refused(key.error());
  auto text = base::read_file(file);
  if (!text) return refused(text.error());
  return Signed{std::move(*text), std::move(*key)};
}

std::expected<SuiteFetcher::Signed, FetchError> SuiteFetcher::fetch_release(
    const std::string& folder) const {
  const std::string file = work_ + "/InRelease";
  const std::string url = folder + "/InRelease";
  if (auto done = tools_.fetch(url, file); !done) {
    // Some archives have the signature in a separate file.
    if (done.error().missing) return fetch_detached(folder);
    return unreachable(done.error().message);
  }
  // gpgv does not replace a file, and the text of an earlier suite must not be used for this one.
  const std::string inside = file + ".signed";
  if (auto done = base::remove_file(inside); !done) return refused(done.error());
  const auto status = tools_.verify_inline(file, inside);
  if (!status) return refused(status.error());
  auto key = judge_signature(*status, url);
  if (!key) return refused(key.error());
  auto text = base::read_file(inside);
  if (!text) return refused(text.error());
  return Signed{std::move(*text), std::move(*key)};
}

std::expected<std::string, FetchError> SuiteFetcher::fetch_index(const std::string& folder,
                                                                 const Release& release,
                                                                 const std::string& path) const {
  const auto file = release.indices.find(path);
  if (file == release.indices.end()) {
    return refused(folder + " has no " + path + ": it lacks this component or architecture");
  }
  // By its hash, an index remains available while the mirror replaces it with the next one.
  const std::string url =
      folder + "/" +
      (release.by_hash ? path.substr(0, path.rfind('/')) + "/by-hash/SHA256/" + file->second.sha256
                       : path);
  const std::string packed = work_ + "/Packages.xz";
  if (auto done = tools_.fetch(url, packed); !done) return unreachable(done.error().message);
  const auto bytes = base::read_file(packed);
  if (!bytes) return refused(bytes.error());
  const std::string digest = base::sha256_hex(*bytes);
  if (bytes->size() != file->second.size || digest != file->second.sha256) {
    return refused(url + " is not what the archive signed: it has " +
                   std::to_string(bytes->size()) + " bytes with the sha256 " + digest +
                   ", and the signed Release file says " + std::to_string(file->second.size) +
                   " bytes with " + file->second.sha256 + ". Do not use this mirror.");
  }
  if (auto done = tools_.unpack_xz(packed); !done) return refused(done.error());
  auto text = base::read_file(work_ + "/Packages");
  if (!text) return refused(text.error());
  return std::move(*text);
}

std::expected<std::string, FetchError> SuiteFetcher::fetch_from(const std::string& mirror,
                                                                const std::string& suite,
                                                                const ReleaseSource& source,
                                                                PackageIndex& index) const {
  const std::string folder = mirror + "/dists/" + suite;
  const auto inside = fetch_release(folder);
  if (!inside) return std::unexpected(inside.error());
  const auto release = parse_release(inside->text, folder);
  if (!release) return refused(release.error());
  const auto now = accept_expired_ ? std::optional<std::time_t>() : now_;
  if (auto done = check_release(*release, suite, folder, now); !done) return refused(done.error());

  std::vector<std::string> texts;
  for (const std::string& component : source.components) {
    auto text = fetch_index(folder, *release,
                            component + "/binary-" + source.architecture + "/Packages.xz");
    if (!text) return std::unexpected(text.error());
    texts.push_back(std::move(*text));
  }
  for (const std::string& text : texts) {
    if (auto done = index.add(text, suite); !done) return refused(done.error());
  }
  const bool expired = release->valid_until && *release->valid_until < now_;
  return fmt::format("{} of {}{}, signed by {}, from {}", suite, format_date(release->date),
                     expired ? ", expired on " + format_date(*release->valid_until) : "",
                     inside->key, mirror);
}

base::Result<std::string> SuiteFetcher::fetch(const std::string& suite, const ReleaseSource& source,
                                              PackageIndex& index) const {
  std::string tried;
  for (const std::string& mirror : mirrors_) {
    auto origin = fetch_from(mirror, suite, source, index);
    if (origin) return std::move(*origin);
    if (!origin.error().missing) return std::unexpected(origin.error().message);
    tried += "\n  " + origin.error().message;
  }
  return std::unexpected("no mirror gives the index of " + suite + ":" + tried +
                         "\nCheck the network, or name another mirror with --mirror=ADDRESS or in "
                         "KMOD_MIRROR.");
}

}  // namespace kmod::lock
