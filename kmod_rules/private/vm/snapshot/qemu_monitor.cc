// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/snapshot/qemu_monitor.h"

#include <fmt/core.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>

#include "kmod_rules/private/base/errno_name.h"

namespace kmod::vm {
namespace {

constexpr int kLimitMs = 600'000;
constexpr std::string_view kPrompt = "(qemu) ";

// Reads until the monitor waits for a command.
base::Result<std::string> read_answer(int monitor) {
  std::string answer;
  while (!answer.ends_with(kPrompt)) {
    pollfd ready = {monitor, POLLIN, 0};
    if (const int count = poll(&ready, 1, kLimitMs); count == 0) {
      return std::unexpected(fmt::format("QEMU's monitor does not answer: {}", answer));
    }
    char buffer[4096];
    const ssize_t size = read(monitor, buffer, sizeof(buffer));
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return std::unexpected(fmt::format("QEMU ended: {}", answer));
    answer.append(buffer, static_cast<std::size_t>(size));
  }
  return answer;
}

// With `fd`, QEMU gets that descriptor together with the command.
base::Result<std::string> ask(int monitor, std::string command, int fd = -1) {
  command += '\n';
  iovec text = {command.data(), command.size()};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(fd))] = {};
  msghdr message = {};
  message.msg_iov = &text;
  message.msg_iovlen = 1;
  if (fd >= 0) {
    message.msg_control = control;
    message.msg_controllen = sizeof(control);
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(fd));
    std::memcpy(CMSG_DATA(header), &fd, sizeof(fd));
  }
  if (sendmsg(monitor, &message, MSG_NOSIGNAL) != static_cast<ssize_t>(command.size())) {
    return std::unexpected(
        fmt::format("QEMU's monitor takes no command: {}", base::describe_errno(errno)));
  }
  return read_answer(monitor);
}

}  // namespace

base::Status save_state(int monitor, int file) {
  KMOD_TRY(read_answer(monitor));
  KMOD_TRY(ask(monitor, "getfd state", file));
  const std::string answer = KMOD_TRY(ask(monitor, "migrate fd:state"));
  const std::string status = KMOD_TRY(ask(monitor, "info migrate"));
  if (!status.contains("Migration status: completed")) {
    return std::unexpected(
        fmt::format("QEMU did not save the state of the VM: {}{}", answer, status));
  }
  return {};
}

}  // namespace kmod::vm
