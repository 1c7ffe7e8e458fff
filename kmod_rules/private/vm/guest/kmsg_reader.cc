// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/kmsg_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "kmod_rules/private/base/errno_name.h"

namespace kmod::vm {
namespace {

// CONSOLE_EXT_LOG_MAX, the most that the kernel gives in one read; with less it fails with EINVAL.
constexpr std::size_t kMaxRecord = 8192;

}  // namespace

base::Result<KmsgReader> KmsgReader::open(const char* device) {
  base::FileDescriptor fd(::open(device, O_RDWR | O_NONBLOCK | O_CLOEXEC));
  if (fd.get() < 0)
    return std::unexpected(std::string(device) + ": " + base::describe_errno(errno));
  return KmsgReader(std::move(fd));
}

std::optional<std::string> KmsgReader::next() {
  char buffer[kMaxRecord];
  for (;;) {
    const ssize_t size = read(fd_.get(), buffer, sizeof(buffer));
    if (size > 0) return std::string(buffer, static_cast<std::size_t>(size));
    // EPIPE: records were overwritten, and the next read continues after them.
    if (size < 0 && (errno == EPIPE || errno == EINTR)) continue;
    return std::nullopt;
  }
}

void KmsgReader::end_last_line() {
  [[maybe_unused]] const ssize_t written = write(fd_.get(), "\n", 1);
}

}  // namespace kmod::vm
