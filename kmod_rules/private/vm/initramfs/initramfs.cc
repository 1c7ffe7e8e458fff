// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/initramfs/initramfs.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "kmod_rules/private/vm/wire/frame.h"

namespace kmod::vm {
namespace {

constexpr std::uint32_t kTypeMask = 0170000;
constexpr std::uint32_t kDirectory = 0040000;
constexpr std::uint32_t kRegularFile = 0100000;
constexpr std::uint32_t kCharacterDevice = 0020000;
constexpr std::uint32_t kPermissions = 07777;

void append_header(std::string& archive, std::size_t inode, std::uint32_t mode, std::uint32_t links,
                   std::size_t size, std::uint32_t device_major, std::uint32_t device_minor,
                   std::string_view name) {
  // magic, ino, mode, uid, gid, nlink, mtime, filesize, devmajor, devminor, rdevmajor, rdevminor,
  // namesize with its zero byte, check.
  archive += fmt::format(
      "070701{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}", inode,
      mode, 0, 0, links, 0, size, 0, 0, device_major, device_minor, name.size() + 1, 0);
  archive += name;
  archive.push_back('\0');
}

void pad(std::string& archive) { archive.resize((archive.size() + 3) / 4 * 4, '\0'); }

bool is_clean(std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view component = path.substr(0, end);
    if (component.empty() || component == "." || component == "..") return false;
    if (end == path.size()) return true;
    path.remove_prefix(end + 1);
  }
  return false;
}

std::string mode_as_ls_shows_it(std::uint32_t mode) {
  std::string text = (mode & kTypeMask) == kDirectory         ? "d"
                     : (mode & kTypeMask) == kCharacterDevice ? "c"
                                                              : "-";
  for (int bit = 8; bit >= 0; --bit) text.push_back((mode >> bit & 1) != 0 ? "xwr"[bit % 3] : '-');
  return text;
}

}  // namespace

Initramfs::Entry* Initramfs::find(std::string_view path) {
  const auto found = std::ranges::find(entries_, path, &Entry::path);
  return found == entries_.end() ? nullptr : &*found;
}

base::Status Initramfs::add(Entry entry) {
  if (!is_clean(entry.path)) {
    return std::unexpected(
        fmt::format("the path \"{}\" cannot be put into an initramfs; write it relative to the "
                    "root and without . or .., such as \"kmod/plan\"",
                    entry.path));
  }
  for (std::size_t slash = entry.path.find('/'); slash != std::string::npos;
       slash = entry.path.find('/', slash + 1)) {
    const std::string parent = entry.path.substr(0, slash);
    const Entry* existing = find(parent);
    if (existing == nullptr) {
      entries_.push_back({.path = parent, .mode = kDirectory | 0755, .implied = true});
    } else if ((existing->mode & kTypeMask) != kDirectory) {
      return std::unexpected(
          fmt::format("\"{}\" cannot be put into the initramfs, because \"{}\" is not a directory",
                      entry.path, parent));
    }
  }
  if (Entry* existing = find(entry.path)) {
    const bool settles_mode = existing->implied && (entry.mode & kTypeMask) == kDirectory;
    if (!settles_mode) {
      return std::unexpected(fmt::format(
          "\"{}\" is already in the initramfs; remove one of the two entries", entry.path));
    }
    *existing = std::move(entry);
    return {};
  }
  entries_.push_back(std::move(entry));
  return {};
}

base::Status Initramfs::add_file(std::string_view path, std::uint32_t mode, std::string contents) {
  if (contents.size() > std::numeric_limits<std::uint32_t>::max()) {
    return std::unexpected(
        fmt::format("\"{}\" is larger than 4 GiB, the limit for a file in an initramfs", path));
  }
  return add({.path = std::string(path),
              .mode = kRegularFile | (mode & kPermissions),
              .contents = std::move(contents)});
}

base::Status Initramfs::add_directory(std::string_view path, std::uint32_t mode) {
  return add({.path = std::string(path), .mode = kDirectory | (mode & kPermissions)});
}

base::Status Initramfs::add_character_device(std::string_view path, std::uint32_t mode,
                                             std::uint32_t major, std::uint32_t minor) {
  return add({.path = std::string(path),
              .mode = kCharacterDevice | (mode & kPermissions),
              .device_major = major,
              .device_minor = minor});
}

std::string Initramfs::serialize() const {
  std::string archive;
  std::size_t inode = 0;
  for (const Entry& entry : entries_) {
    const std::uint32_t links = (entry.mode & kTypeMask) == kDirectory ? 2 : 1;
    append_header(archive, ++inode, entry.mode, links, entry.contents.size(), entry.device_major,
                  entry.device_minor, entry.path);
    pad(archive);
    archive += entry.contents;
    pad(archive);
  }
  append_header(archive, 0, 0, 1, 0, 0, 0, "TRAILER!!!");
  pad(archive);
  return archive;
}

std::string Initramfs::describe() const {
  std::string text;
  for (const Entry& entry : entries_) {
    text += fmt::format("{} {:10} {:08x} {}\n", mode_as_ls_shows_it(entry.mode),
                        entry.contents.size(), crc32(entry.contents), entry.path);
  }
  return text;
}

}  // namespace kmod::vm
