// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/tar.h"

#include <fmt/core.h>

#include "kmod_rules/private/base/process.h"

namespace kmod::base {

Status write_tar(const TarArchive& archive) {
  std::vector<std::string> command = {archive.tar,
                                      "--create",
                                      "--file=" + archive.output,
                                      "--directory=" + archive.directory,
                                      "--format=ustar",
                                      "--owner=root:0",
                                      "--group=root:0",
                                      "--mode=" + archive.mode,
                                      "--sort=name",
                                      "--mtime=@0"};
  command.insert(command.end(), archive.paths.begin(), archive.paths.end());
  // Without TZ, tar reads the host's time zone.
  const ProcessResult result = KMOD_TRY(run_process(command, {"LC_ALL=C", "TZ=UTC0"}));
  if (!result.succeeded()) {
    return std::unexpected(fmt::format("tar {}:\n{}", result.describe(), result.output));
  }
  return {};
}

}  // namespace kmod::base
