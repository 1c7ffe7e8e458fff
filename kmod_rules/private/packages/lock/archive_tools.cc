// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/packages/lock/archive_tools.h"

#include <fmt/core.h>

#include <cstdlib>
#include <vector>

#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/packages/deb822.h"

namespace kmod::lock {
namespace {

// The host configures access to the network.
constexpr const char* kNetworkVariables[] = {
    "http_proxy", "https_proxy", "HTTPS_PROXY",   "all_proxy",    "ALL_PROXY",
    "no_proxy",   "NO_PROXY",    "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE",
};

// Exit statuses of curl(1): an HTTP status of 400 or more, and a file that does not exist.
constexpr int kHttpError = 22;
constexpr int kFileError = 37;

std::vector<std::string> network_environment() {
  std::vector<std::string> environment = {"LC_ALL=C"};
  for (const char* name : kNetworkVariables) {
    if (const char* value = std::getenv(name); value != nullptr) {
      environment.push_back(fmt::format("{}={}", name, value));
    }
  }
  return environment;
}

}  // namespace

std::string ArchiveTools::program(const std::string& name) const {
  return root_ + "/usr/bin/" + name;
}

std::expected<void, FetchError> ArchiveTools::fetch(const std::string& url,
                                                    const std::string& output) const {
  const auto result = base::run_process(
      {program("curl"), "--fail", "--location", "--silent", "--show-error", "--globoff", "--proto",
       "=http,https,file", "--connect-timeout", "30", "--max-time", "900", "--output", output, url},
      network_environment());
  if (!result) return std::unexpected(FetchError{false, result.error()});
  if (result->succeeded()) return {};
  const bool missing =
      result->signal == 0 && (result->exit_code == kFileError ||
                              (result->exit_code == kHttpError &&
                               (result->output.contains("404") || result->output.contains("410"))));
  return std::unexpected(
      FetchError{missing, fmt::format("{}: {}", url, packages::trim(result->output))});
}

base::Result<std::string> ArchiveTools::verify_inline(const std::string& file,
                                                      const std::string& output) const {
  return KMOD_TRY(base::run_process({program("gpgv"), "--status-fd", "1", "--keyring", keyring_,
                                     "--output", output, file},
                                    {"LC_ALL=C"}))
      .output;
}

base::Result<std::string> ArchiveTools::verify_detached(const std::string& file,
                                                        const std::string& signature) const {
  return KMOD_TRY(base::run_process(
                      {program("gpgv"), "--status-fd", "1", "--keyring", keyring_, signature, file},
                      {"LC_ALL=C"}))
      .output;
}

base::Status ArchiveTools::unpack_xz(const std::string& file) const {
  const base::ProcessResult result =
      KMOD_TRY(base::run_process({program("xz"), "--decompress", "--force", file}, {"LC_ALL=C"}));
  if (result.succeeded()) return {};
  return std::unexpected(fmt::format("{} cannot be unpacked: xz {}: {}", file, result.describe(),
                                     packages::trim(result.output)));
}

}  // namespace kmod::lock
