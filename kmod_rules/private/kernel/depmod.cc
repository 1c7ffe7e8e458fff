// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/kernel/depmod.h"

#include <fmt/core.h>

#include <filesystem>
#include <string_view>
#include <system_error>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/process.h"

namespace kmod::kernel {

base::Result<std::string> run_depmod(const std::string& depmod, const std::string& root,
                                     const std::string& release) {
  // The build of a kernel writes these, and depmod warns if it does not find them.
  for (const std::string_view name :
       {"modules.order", "modules.builtin", "modules.builtin.modinfo"}) {
    const std::string path = fmt::format("{}/lib/modules/{}/{}", root, release, name);
    std::error_code error;
    if (!std::filesystem::exists(path, error)) KMOD_TRY(base::write_file(path, ""));
  }
  const std::string configuration = root + "/depmod.conf";
  KMOD_TRY(base::write_file(configuration, ""));
  const base::ProcessResult result = KMOD_TRY(base::run_process(
      {depmod, "--config=" + configuration, "--basedir=" + root, release},
      // libcrypto, which reads the signatures of modules, would read the host's configuration.
      {"LC_ALL=C", "OPENSSL_CONF=/dev/null"}));
  if (!result.succeeded()) {
    return std::unexpected(fmt::format("depmod {}:\n{}", result.describe(), result.output));
  }
  return result.output;
}

}  // namespace kmod::kernel
