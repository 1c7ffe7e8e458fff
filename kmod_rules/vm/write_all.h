// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_VM_WRITE_ALL_H_
#define KMOD_RULES_VM_WRITE_ALL_H_

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace kmod::vm {

// Writes everything, however small the pieces are that the other side takes; waits for one that is
// not ready. Gives false if it never will be, with the reason in errno.
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

}  // namespace kmod::vm

#endif  // KMOD_RULES_VM_WRITE_ALL_H_
