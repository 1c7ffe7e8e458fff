// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/restored_files.h"

#include <fcntl.h>
#include <linux/random.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/cpio_archive.h"
#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/base/file_descriptor.h"

namespace kmod::vm {
namespace {

constexpr mode_t kPermissions = 07777;
constexpr std::string_view kInitPath = "init";

// New files have exactly the permissions that they are given.
class PlainPermissions {
 public:
  PlainPermissions() : mask_(umask(0)) {}
  PlainPermissions(const PlainPermissions&) = delete;
  PlainPermissions& operator=(const PlainPermissions&) = delete;
  ~PlainPermissions() { umask(mask_); }

 private:
  mode_t mask_;
};

std::string read_text(const ReadArchive& read, std::size_t size) {
  std::string bytes(size, '\0');
  read(bytes.data(), size);
  return bytes;
}

void skip(const ReadArchive& read, std::size_t size) { (void)read_text(read, size); }

base::Status failure(const std::string& path) {
  return std::unexpected("cannot create " + path + ": " + base::describe_errno(errno));
}

base::Status copy_file(const ReadArchive& read, const std::string& path,
                       const base::CpioHeader& header) {
  const base::FileDescriptor file(
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, header.mode & kPermissions));
  if (file.get() < 0) return failure(path);
  std::vector<char> buffer(std::size_t{64} * 1024);
  for (std::size_t left = header.file_size; left > 0;) {
    const std::size_t size = std::min(left, buffer.size());
    read(buffer.data(), size);
    if (!base::write_all(file.get(), {buffer.data(), size})) return failure(path);
    left -= size;
  }
  return {};
}

base::Status unpack_entry(const ReadArchive& read, const std::string& path,
                          const base::CpioHeader& header) {
  switch (header.mode & S_IFMT) {
    case S_IFREG:
      return copy_file(read, path, header);
    case S_IFDIR:
      if (mkdir(path.c_str(), header.mode & kPermissions) != 0 && errno != EEXIST) {
        return failure(path);
      }
      return {};
    case S_IFCHR:
      // The console, which init's own initramfs has.
      return {};
    default:
      return std::unexpected(path + " is neither a file nor a directory");
  }
}

}  // namespace

base::Status unpack_initramfs(const ReadArchive& read, const std::string& root) {
  const PlainPermissions permissions;
  for (;;) {
    const auto header = base::parse_cpio_header(read_text(read, base::kCpioHeaderSize));
    if (!header) return std::unexpected("the initramfs has a damaged header");
    std::string name = read_text(read, header->name_size);
    name.pop_back();
    skip(read, base::cpio_padding(base::kCpioHeaderSize + header->name_size));
    if (name == kInitPath || name == base::kCpioTrailer) return {};
    KMOD_TRY(unpack_entry(read, root + name, *header));
    if ((header->mode & S_IFMT) == S_IFREG) {
      skip(read, base::cpio_padding(header->file_size));
    }
  }
}

base::Status renew_randomness() {
  const base::FileDescriptor random(open("/dev/urandom", O_RDONLY | O_CLOEXEC));
  if (random.get() < 0 || ioctl(random.get(), RNDRESEEDCRNG) != 0) {
    return std::unexpected("no new random numbers: " + base::describe_errno(errno));
  }
  return {};
}

}  // namespace kmod::vm
