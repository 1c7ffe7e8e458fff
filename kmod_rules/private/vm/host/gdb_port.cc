// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/gdb_port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/base/file_descriptor.h"

namespace kmod::vm {

std::expected<std::uint16_t, std::string> find_gdb_port(std::uint16_t wanted) {
  const base::FileDescriptor listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  // As QEMU does: a port that an ended session has just left is free.
  const int yes = 1;
  setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(wanted);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  // The interface of sockets is made so.
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (listener.get() < 0 || bind(listener.get(), any, size) != 0 ||
      listen(listener.get(), 1) != 0 || getsockname(listener.get(), any, &size) != 0) {
    return std::unexpected("--gdb: port " + std::to_string(wanted) +
                           " of 127.0.0.1 cannot be used: " + base::describe_errno(errno) +
                           ". Choose another by --gdb=PORT, or --gdb=0 for any that is free.");
  }
  return ntohs(address.sin_port);
}

}  // namespace kmod::vm
