// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// The kernel's headers for programs define what the C library's <elf.h>, <fcntl.h> and
// <sys/mount.h> define as well. They compile behind the standard library's, of which none includes
// those.
#include <linux/elf.h>
#include <linux/fcntl.h>
#include <linux/mount.h>

#include <string>
#include <vector>

std::vector<std::string> kernel_names();

std::vector<std::string> kernel_names() {
  return {std::to_string(ELFMAG0), std::to_string(AT_FDCWD), std::to_string(MS_RDONLY)};
}
