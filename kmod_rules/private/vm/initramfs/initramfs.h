// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_INITRAMFS_INITRAMFS_H_
#define KMOD_RULES_PRIVATE_VM_INITRAMFS_INITRAMFS_H_

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace kmod::vm {

// Builds the archive from which Linux fills its first root file system: cpio in "newc" form, as
// Documentation/driver-api/early-userspace/buffer-format.rst describes it. Uncompressed, because
// the guest's emulated CPU would pay for the decompression.
//
// The bytes depend on the entries and their order alone: time 0, owner 0, inode numbers by order.
// Parent directories come into being with mode 0755 when something is put into them.
//
// Every path is relative to the root, such as "kmod/plan". Errors of all that add: a path that is
// empty, absolute, or has an empty, "." or ".." component; one that is there already; one inside of
// something that is no directory. The message names the path.
class Initramfs {
 public:
  using Status = std::expected<void, std::string>;

  // Permission bits are the lower 12 of `mode`. Files over 4 GiB are an error: the format ends
  // there.
  [[nodiscard]] Status add_file(std::string_view path, std::uint32_t mode, std::string contents);

  // A directory that so far exists only as somebody's parent may be added, to say its mode.
  [[nodiscard]] Status add_directory(std::string_view path, std::uint32_t mode = 0755);

  // A character device.
  [[nodiscard]] Status add_character_device(std::string_view path, std::uint32_t mode,
                                            std::uint32_t major, std::uint32_t minor);

  // The whole archive, with its trailer.
  [[nodiscard]] std::string serialize() const;

  // What is in it, for people: a line for each entry with its type and mode as ls shows them, its
  // size in bytes, the CRC-32 of its contents and its path.
  [[nodiscard]] std::string describe() const;

 private:
  struct Entry {
    std::string path;
    std::uint32_t mode = 0;
    std::uint32_t device_major = 0;
    std::uint32_t device_minor = 0;
    std::string contents = {};
    bool implied = false;  // a directory that was made as a parent
  };

  [[nodiscard]] Entry* find(std::string_view path);
  [[nodiscard]] Status add(Entry entry);

  std::vector<Entry> entries_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_INITRAMFS_INITRAMFS_H_
