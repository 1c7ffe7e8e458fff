// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/share_server.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <vector>

#include "kmod_rules/private/base/errno_name.h"

namespace kmod::vm {
namespace {

constexpr int kListenerFd = 3;

struct Sockets {
  base::FileDescriptor listener;
  base::FileDescriptor connection;
};

// virtiofsd wants a socket that listens and QEMU one that is connected. An abstract address leaves
// no file behind; ours is the first connection, and virtiofsd takes only one.
std::expected<Sockets, std::string> make_sockets() {
  Sockets sockets{base::FileDescriptor(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)),
                  base::FileDescriptor(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))};
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  // The interface of sockets is made so.
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof(sa_family_t);  // nothing more: the kernel chooses
  if (sockets.listener.get() < 0 || sockets.connection.get() < 0) {
    return std::unexpected("no socket for virtiofsd: " + base::describe_errno(errno));
  }
  if (bind(sockets.listener.get(), any, size) != 0 || listen(sockets.listener.get(), 1) != 0) {
    return std::unexpected("no socket for virtiofsd: " + base::describe_errno(errno));
  }
  size = sizeof(address);
  if (getsockname(sockets.listener.get(), any, &size) != 0 ||
      connect(sockets.connection.get(), any, size) != 0) {
    return std::unexpected("no socket for virtiofsd: " + base::describe_errno(errno));
  }
  return sockets;
}

// virtiofsd keeps a file open for each that the guest knows, and must not be told to raise the
// limit by itself: it takes a limit that it cannot raise for a failure.
void raise_file_limit() {
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

[[noreturn]] void become_server(std::vector<std::string> arguments, pid_t parent, int listener,
                                int output) {
  constexpr int kCannotRun = 127;
  sigset_t none;
  sigemptyset(&none);
  // A Ctrl-C at the terminal is not for it: it ends with QEMU.
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent || setsid() < 0 ||
      sigprocmask(SIG_SETMASK, &none, nullptr) != 0) {
    _exit(kCannotRun);
  }
  const int kept = fcntl(listener, F_DUPFD_CLOEXEC, 10);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (kept < 0 || nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 ||
      dup2(output, STDOUT_FILENO) < 0 || dup2(output, STDERR_FILENO) < 0 ||
      dup2(kept, kListenerFd) < 0) {
    _exit(kCannotRun);
  }
  raise_file_limit();
  std::vector<char*> words;
  words.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  char* const environment[] = {nullptr};
  execve(words[0], words.data(), environment);
  dprintf(STDERR_FILENO, "%s: %s\n", words[0], base::describe_errno(errno).c_str());
  _exit(kCannotRun);
}

}  // namespace

std::expected<ShareServer, std::string> ShareServer::start(const std::string& program,
                                                           const Share& share) {
  auto sockets = make_sockets();
  if (!sockets) return std::unexpected(sockets.error());
  int output[2];
  if (pipe2(output, O_CLOEXEC) != 0) {
    return std::unexpected("no pipe for virtiofsd: " + base::describe_errno(errno));
  }
  ShareServer server;
  server.output_ = base::FileDescriptor(output[0]);
  const base::FileDescriptor its_output(output[1]);
  fcntl(output[0], F_SETFL, O_NONBLOCK);
  // Its sandboxes need rights that an ordinary user does not have.
  std::vector<std::string> command = {program,
                                      "--fd=" + std::to_string(kListenerFd),
                                      "--shared-dir=" + share.directory,
                                      "--sandbox=none",
                                      "--rlimit-nofile=0",
                                      "--log-level=error"};
  if (share.read_only) command.emplace_back("--readonly");
  const pid_t parent = getpid();
  server.pid_ = fork();
  if (server.pid_ < 0) {
    return std::unexpected("no process for virtiofsd: " + base::describe_errno(errno));
  }
  if (server.pid_ == 0) {
    become_server(std::move(command), parent, sockets->listener.get(), its_output.get());
  }
  server.connection_ = std::move(sockets->connection);
  return server;
}

ShareServer::ShareServer(ShareServer&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      connection_(std::move(other.connection_)),
      output_(std::move(other.output_)) {}

ShareServer::~ShareServer() {
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
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
