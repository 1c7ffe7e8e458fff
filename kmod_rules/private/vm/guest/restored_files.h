// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_RESTORED_FILES_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_RESTORED_FILES_H_

#include <cstddef>
#include <functional>
#include <string>

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

// Reads the next `size` bytes of an archive.
using ReadArchive = std::function<void(char* buffer, std::size_t size)>;

// Unpacks the initramfs of a test to the directory `root`, which ends in a slash. A guest that
// continues from a snapshot has the file init, the console and the directories of file systems:
// directories that exist and devices stay as they are, and unpacking ends at init, because that is
// the last file and the largest.
//
// Errors: an archive that is damaged, or holds what the initramfs of a test does not hold; a file
// that exists, or cannot be written.
[[nodiscard]] base::Status unpack_initramfs(const ReadArchive& read, const std::string& root);

// Has the kernel mix new random numbers of the processor into its own, which are otherwise the same
// in each VM that is restored.
[[nodiscard]] base::Status renew_randomness();

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_RESTORED_FILES_H_
