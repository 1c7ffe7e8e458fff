// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Owns an open file, and writes to one.
#ifndef KMOD_RULES_PRIVATE_BASE_FILE_DESCRIPTOR_H_
#define KMOD_RULES_PRIVATE_BASE_FILE_DESCRIPTOR_H_

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <utility>

namespace kmod::base {

// Owns a file descriptor and closes it in the destructor.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~FileDescriptor() { close(); }

  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

  // Gives up the descriptor: the caller closes it.
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }

  // -1 if there is no descriptor.
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_ = -1;
};

// Writes all bytes; waits while a non-blocking descriptor is not ready. Returns false on an error,
// with the reason in errno.
inline bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t size = write(fd, bytes.data(), bytes.size());
    if (size >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(size));
    } else if (errno == EAGAIN) {
      pollfd ready = {fd, POLLOUT, 0};
      poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_FILE_DESCRIPTOR_H_
