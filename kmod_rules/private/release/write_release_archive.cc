// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Build action ReleaseArchive: packs the project's files below rules_kmod-VERSION/, and writes the
// archive's checksum and the lines with which a workspace uses it.

#include <fmt/core.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "kmod_rules/private/base/digest.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/base/tar.h"
#include "kmod_rules/private/base/temporary_directory.h"
#include "kmod_rules/private/base/text.h"

namespace kmod::release {
namespace {

namespace fs = std::filesystem;

struct Request {
  std::string version;
  std::string manifest;
  std::string files;
  std::string tar;
  std::string busybox;
  std::string output;
  std::string checksum;
  std::string usage;
};

// git's modes of files; others are links and submodules, which the project does not have.
constexpr std::string_view kPlain = "100644";
constexpr std::string_view kExecutable = "100755";

base::Status stage_file(const Request& request, std::string_view line, const std::string& root) {
  const std::size_t first = line.find(' ');
  const std::size_t second = line.find(' ', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) {
    return std::unexpected(fmt::format("{}: not \"MODE NUMBER PATH\": {}", request.manifest, line));
  }
  const std::string_view mode = line.substr(0, first);
  const std::string_view number = line.substr(first + 1, second - first - 1);
  const std::string_view path = line.substr(second + 1);
  if (mode != kPlain && mode != kExecutable) {
    return std::unexpected(fmt::format(
        "{} is a link or a submodule (mode {} in git). A release has regular files only.", path,
        mode));
  }
  const std::string staged = fmt::format("{}/{}", root, path);
  KMOD_TRY(base::make_directories(fs::path(staged).parent_path()));
  KMOD_TRY(base::copy_file(fmt::format("{}/{}", request.files, number), staged));
  std::error_code error;
  fs::permissions(staged, fs::perms(mode == kExecutable ? 0755 : 0644), error);
  if (error) {
    return std::unexpected(fmt::format("cannot set the mode of {}: {}", staged, error.message()));
  }
  return {};
}

// The base64 text of bytes that are given in hexadecimal digits.
std::string base64_of_hex(std::string_view digits) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < digits.size(); at += 6) {
    const std::string_view group = digits.substr(at, 6);
    // Six digits are 24 bits, and become four characters.
    std::uint32_t bits = 0;
    std::from_chars(group.data(), group.data() + group.size(), bits, 16);
    bits <<= 4 * (6 - group.size());
    const std::size_t characters = group.size() * 4 / 6 + (group.size() % 6 != 0 ? 1 : 0);
    for (std::size_t n = 0; n < 4; ++n) {
      text += n < characters ? kAlphabet[(bits >> (18 - 6 * n)) & 63] : '=';
    }
  }
  return text;
}

std::string usage(const Request& request, std::string_view sha256) {
  constexpr std::string_view kText = R"(In MODULE.bazel:

```python
bazel_dep(name = "rules_kmod", version = "{version}")
archive_override(
    module_name = "rules_kmod",
    integrity = "sha256-{integrity}",
    strip_prefix = "rules_kmod-{version}",
    urls = ["https://example.org/rules_kmod-{version}.tar.gz"],
)
```

In a WORKSPACE:

```python
load("@bazel_tools//tools/build_defs/repo:http.bzl", "http_archive")

http_archive(
    name = "rules_kmod",
    sha256 = "{sha256}",
    strip_prefix = "rules_kmod-{version}",
    urls = ["https://example.org/rules_kmod-{version}.tar.gz"],
)

load("@rules_kmod//kmod_rules:repositories.bzl", "kmod_repositories")

kmod_repositories()
```
)";
  return fmt::format(kText, fmt::arg("version", request.version), fmt::arg("sha256", sha256),
                     fmt::arg("integrity", base64_of_hex(sha256)));
}

base::Status write_release(const Request& request) {
  const auto scratch = KMOD_TRY(base::TemporaryDirectory::create_in(
      fs::absolute(request.output).parent_path().string(), "write_release_archive"));
  const std::string prefix = "rules_kmod-" + request.version;
  const std::string manifest = KMOD_TRY(base::read_file(request.manifest));
  for (const std::string_view line : base::split_lines(manifest)) {
    KMOD_TRY(stage_file(request, line, fmt::format("{}/{}", scratch.path(), prefix)));
  }
  const std::string tar = scratch.path() + "/release.tar";
  KMOD_TRY(base::write_tar({.tar = request.tar,
                            .directory = scratch.path(),
                            .paths = {prefix},
                            .mode = "u=rwX,go=rX",
                            .output = tar}));
  // busybox writes no date and no name into the header.
  const base::ProcessResult gzip =
      KMOD_TRY(base::run_process({request.busybox, "gzip", "-9", tar}, {}));
  if (!gzip.succeeded()) {
    return std::unexpected(fmt::format("gzip {}:\n{}", gzip.describe(), gzip.output));
  }
  const std::string archive = KMOD_TRY(base::read_file(tar + ".gz"));
  const std::string sha256 = base::sha256_hex(archive);
  KMOD_TRY(base::write_file(request.output, archive));
  KMOD_TRY(base::write_file(request.checksum, fmt::format("{}  {}.tar.gz\n", sha256, prefix)));
  return base::write_file(request.usage, usage(request, sha256));
}

base::Result<int> run(const Request& request) {
  KMOD_TRY(write_release(request));
  return 0;
}

}  // namespace
}  // namespace kmod::release

int main(int argc, char** argv) {
  using enum kmod::base::FlagCount;
  kmod::release::Request request;
  kmod::base::Flags flags("write_release_archive",
                          "Writes the archive of a release of rules_kmod.");
  flags.add({"version", "VERSION", "the version, such as 0.1.0", kOnce},
            kmod::base::text(request.version));
  flags.add({"manifest", "FILE", "the list of the files: MODE NUMBER PATH", kOnce},
            kmod::base::text(request.manifest));
  flags.add(
      {"files", "DIR", "the directory with the files, which have their numbers for names", kOnce},
      kmod::base::text(request.files));
  flags.add({"tar", "PROGRAM", "GNU tar", kOnce}, kmod::base::text(request.tar));
  flags.add({"busybox", "PROGRAM", "has gzip", kOnce}, kmod::base::text(request.busybox));
  flags.add({"output", "FILE", "the archive to write", kOnce}, kmod::base::text(request.output));
  flags.add({"checksum", "FILE", "the archive's checksum, as sha256sum writes it", kOnce},
            kmod::base::text(request.checksum));
  flags.add({"usage", "FILE", "the lines with which a workspace uses the archive", kOnce},
            kmod::base::text(request.usage));
  return kmod::base::run_program(flags, argc, argv,
                                 [&request] { return kmod::release::run(request); });
}
