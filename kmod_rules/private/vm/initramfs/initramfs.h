// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_INITRAMFS_INITRAMFS_H_
#define KMOD_RULES_PRIVATE_VM_INITRAMFS_INITRAMFS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"

namespace kmod::vm {

// Builds the archive from which Linux fills its first root file system: cpio in "newc" form, as
// Documentation/driver-api/early-userspace/buffer-format.rst describes it. Uncompressed, because
// the guest's emulated CPU would pay for the decompression.
//
// The bytes depend only on the entries and their order: time 0, owner 0, inode numbers by order. A
// parent directory that does not exist yet is added with mode 0755.
//
// Every path is relative to the root, such as "kmod/plan". Errors of all functions that add: a path
// that is empty, absolute, or has an empty, "." or ".." component; a path that exists already; a
// path below an entry that is not a directory. The message names the path.
class Initramfs {
 public:
  // The lower 12 bits of `mode` are the permissions. Errors: also a file over 4 GiB, which the
  // format cannot hold.
  [[nodiscard]] base::Status add_file(std::string_view path, std::uint32_t mode,
                                      std::string contents);

  // A directory that exists only as a parent of another entry may be added, to set its mode.
  [[nodiscard]] base::Status add_directory(std::string_view path, std::uint32_t mode = 0755);

  // A character device.
  [[nodiscard]] base::Status add_character_device(std::string_view path, std::uint32_t mode,
                                                  std::uint32_t major, std::uint32_t minor);

  // The whole archive, with its trailer.
  [[nodiscard]] std::string serialize() const;

  // A list of the contents for people: a line for each entry with its type and mode as ls shows
  // them, its size in bytes, the CRC-32 of its contents and its path.
  [[nodiscard]] std::string describe() const;

 private:
  struct Entry {
    std::string path;
    std::uint32_t mode = 0;
    std::uint32_t device_major = 0;
    std::uint32_t device_minor = 0;
    std::string contents = {};
    bool implied = false;  // a directory that was added as a parent
  };

  [[nodiscard]] Entry* find(std::string_view path);
  [[nodiscard]] base::Status add(Entry entry);

  std::vector<Entry> entries_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_INITRAMFS_INITRAMFS_H_
