// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/share_server.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "kmod_rules/private/base/errno_name.h"

namespace kmod::vm {
namespace {

constexpr int kListenerFd = 3;

struct Sockets {
  base::FileDescriptor listener;
  base::FileDescriptor connection;
};

std::unexpected<std::string> no_socket() {
  return std::unexpected(fmt::format("no socket for virtiofsd: {}", base::describe_errno(errno)));
}

// virtiofsd needs a socket that listens, and QEMU one that is connected. An abstract address leaves
// no file; ours is the first connection, and virtiofsd accepts only one.
base::Result<Sockets> make_sockets() {
  Sockets sockets{base::FileDescriptor(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)),
                  base::FileDescriptor(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))};
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  // The socket functions take any address family by this type.
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof(sa_family_t);  // no more than that: the kernel chooses an address
  if (sockets.listener.get() < 0 || sockets.connection.get() < 0) {
    return no_socket();
  }
  if (bind(sockets.listener.get(), any, size) != 0 || listen(sockets.listener.get(), 1) != 0) {
    return no_socket();
  }
  size = sizeof(address);
  if (getsockname(sockets.listener.get(), any, &size) != 0 ||
      connect(sockets.connection.get(), any, size) != 0) {
    return no_socket();
  }
  return sockets;
}

// virtiofsd keeps a file open for each that the guest knows. It cannot raise the limit itself: it
// treats a limit that it may not raise as a failure.
int raise_file_limit() {
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  return 0;
}

}  // namespace

base::Result<ShareServer> ShareServer::start(const std::string& program, const Share& share) {
  Sockets sockets = KMOD_TRY(make_sockets());
  base::Pipe output = KMOD_TRY(base::make_pipe());
  fcntl(output.read.get(), F_SETFL, O_NONBLOCK);
  base::Command command = {
      // virtiofsd's sandboxes need rights that an ordinary user does not have.
      .arguments = {program, fmt::format("--fd={}", kListenerFd),
                    fmt::format("--shared-dir={}", share.directory), "--sandbox=none",
                    "--rlimit-nofile=0", "--log-level=error"},
      .files = {base::kNullFile, output.write.get(), output.write.get(), sockets.listener.get()},
      // A Ctrl-C at the terminal must not end it: it ends with QEMU.
      .new_session = true,
      .die_with_parent = true,
      .prepare = raise_file_limit,
  };
  static_assert(kListenerFd == 3);
  if (share.read_only) command.arguments.emplace_back("--readonly");
  return ShareServer(KMOD_TRY(base::Process::start(command)), std::move(sockets.connection),
                     std::move(output.read));
}

std::string ShareServer::complaints() {
  std::string text;
  char buffer[4096];
  for (ssize_t size = 0; (size = read(output_.get(), buffer, sizeof(buffer))) > 0;) {
    text.append(buffer, static_cast<std::size_t>(size));
  }
  return text;
}

}  // namespace kmod::vm
