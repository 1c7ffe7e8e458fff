// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_VM_INITRAMFS_ARGUMENTS_H_
#define KMOD_RULES_VM_INITRAMFS_ARGUMENTS_H_

#include <expected>
#include <string>
#include <vector>

#include "kmod_rules/private/tools/arguments.h"
#include "kmod_rules/vm/initramfs.h"

namespace kmod::vm {

struct InitramfsRequest {
  std::string output;
  Initramfs initramfs;
};

// Understands the command line of write_initramfs and reads the files that it names:
//
//   --output=<file>
//   --file=<path in the archive>:<octal mode>:<file to read>
//   --directory=<path in the archive>[:<octal mode>]
//   --node=<path in the archive>:c:<major>:<minor>    a character device with mode 0600
//
// Entries stand in the archive in the order of the arguments.
//
// Errors: an argument that is unknown, given twice or malformed, no --output, a file that cannot be
// read, and those of Initramfs.
[[nodiscard]] std::expected<InitramfsRequest, std::string> read_initramfs_arguments(
    const std::vector<tools::Argument>& arguments);

}  // namespace kmod::vm

#endif  // KMOD_RULES_VM_INITRAMFS_ARGUMENTS_H_
