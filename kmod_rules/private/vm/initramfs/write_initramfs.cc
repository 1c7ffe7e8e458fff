// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes an initramfs; initramfs_arguments.h has the command line.

#include <cstdio>
#include <expected>
#include <string>
#include <vector>

#include "kmod_rules/private/base/arguments.h"
#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/vm/initramfs/initramfs_arguments.h"

namespace {

std::expected<void, std::string> write_archive(const std::vector<std::string>& command_line) {
  const auto arguments = kmod::base::parse_arguments(command_line);
  if (!arguments) return std::unexpected(arguments.error());
  const auto request = kmod::vm::read_initramfs_arguments(*arguments);
  if (!request) return std::unexpected(request.error());
  if (!request->manifest.empty()) {
    const auto written = kmod::base::write_file(request->manifest, request->initramfs.describe());
    if (!written) return written;
  }
  return kmod::base::write_file(request->output, request->initramfs.serialize());
}

}  // namespace

int main(int argc, char** argv) {
  const auto status = write_archive({argv + 1, argv + argc});
  if (status) return 0;
  std::fprintf(stderr, "write_initramfs: %s\n", status.error().c_str());
  return 1;
}
