// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/qemu_process.h"

#include <fmt/core.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/vm/host/qemu_command.h"

namespace kmod::vm {

base::Result<SocketPair> make_socket_pair() {
  int fds[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) {
    return std::unexpected(fmt::format("no sockets for QEMU: {}", base::describe_errno(errno)));
  }
  return SocketPair{base::FileDescriptor(fds[0]), base::FileDescriptor(fds[1])};
}

base::Result<QemuProcess> QemuProcess::start(const std::vector<std::string>& command,
                                             const std::vector<std::string>& environment,
                                             const std::vector<int>& more) {
  SocketPair console = KMOD_TRY(make_socket_pair());
  SocketPair channel = KMOD_TRY(make_socket_pair());
  base::Pipe output = KMOD_TRY(base::make_pipe());
  static_assert(kConsoleFd == 3 && kChannelFd == 4 && kFirstFurtherFd == 5);
  base::Command qemu = {
      .arguments = command,
      .environment = environment,
      .files = {base::kNullFile, output.write.get(), output.write.get(), console.theirs.get(),
                channel.theirs.get()},
      .die_with_parent = true,
  };
  qemu.files.insert(qemu.files.end(), more.begin(), more.end());
  int error = 0;
  auto process = base::Process::start(qemu, &error);
  if (!process) {
    return std::unexpected(
        fmt::format("QEMU cannot be started: {}: {}", command[0], base::describe_errno(error)));
  }
  return QemuProcess(std::move(*process), std::move(console.ours), std::move(channel.ours),
                     std::move(output.read));
}

base::Result<QemuProcess> QemuProcess::launch(const Machine& machine,
                                              const std::vector<int>& more) {
  return start(qemu_command(machine, measure_host_tsc_khz()), qemu_environment(machine), more);
}

std::optional<QemuExit> QemuProcess::poll_exit() {
  const auto end = process_.poll_end();
  if (!end) return std::nullopt;
  if (end->signal != 0) return QemuExit{true, end->signal};
  return QemuExit{false, end->exit_code};
}

}  // namespace kmod::vm
