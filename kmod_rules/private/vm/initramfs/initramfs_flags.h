// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_INITRAMFS_INITRAMFS_ARGUMENTS_H_
#define KMOD_RULES_PRIVATE_VM_INITRAMFS_INITRAMFS_ARGUMENTS_H_

#include <expected>
#include <string>
#include <vector>

#include "kmod_rules/private/base/arguments.h"
#include "kmod_rules/private/vm/initramfs/initramfs.h"

namespace kmod::vm {

struct InitramfsRequest {
  std::string output;
  std::string manifest;  // empty if none is asked for
  Initramfs initramfs;
};

// Understands the command line of write_initramfs and reads the files that it names:
//
//   --label=<label>                                   the target, for error messages
//   --output=<file>
//   --manifest=<file>                                 what is in the archive, for people
//   --file=<path in the archive>:<octal mode>:<file to read>
//   --program=<path in the archive>:<file to read>    mode 0755; has to be a static program
//   --copy=<path in the archive>:<file or directory>  mode 0755, because Bazel hands all inputs as
//                                                     executable to remote workers
//   --directory=<path in the archive>[:<octal mode>]
//   --node=<path in the archive>:c:<major>:<minor>    a character device with mode 0600
//
// Entries stand in the archive in the order of the arguments, those of a directory by name.
//
// Errors: an argument that is unknown, given twice or malformed, no --output, a file that cannot be
// read, a program that no guest could run, and those of Initramfs.
[[nodiscard]] std::expected<InitramfsRequest, std::string> read_initramfs_arguments(
    const std::vector<base::Argument>& arguments);

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_INITRAMFS_INITRAMFS_ARGUMENTS_H_
