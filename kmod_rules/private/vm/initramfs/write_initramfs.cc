// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Writes an initramfs; initramfs_flags.h has the command line.

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/flags.h"
#include "kmod_rules/private/vm/initramfs/initramfs_flags.h"

namespace kmod::vm {
namespace {

base::Result<int> write_archive(const InitramfsRequest& request) {
  const auto [initramfs, plan] = KMOD_TRY(build_initramfs(request));
  if (!request.manifest.empty()) {
    KMOD_TRY(base::write_file(request.manifest, initramfs.describe()));
  }
  if (!request.output_plan.empty()) KMOD_TRY(base::write_file(request.output_plan, plan));
  KMOD_TRY(base::write_file(request.output, initramfs.serialize()));
  return 0;
}

}  // namespace
}  // namespace kmod::vm

int main(int argc, char** argv) {
  kmod::vm::InitramfsRequest request;
  return kmod::base::run_program(kmod::vm::initramfs_flags(request), argc, argv,
                                 [&request] { return kmod::vm::write_archive(request); });
}
