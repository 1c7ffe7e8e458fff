// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/qemu_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/base/process.h"
#include "kmod_rules/private/vm/host/qemu_command.h"

namespace kmod::vm {
namespace {

// Above all numbers under which QEMU inherits something.
constexpr int kOutOfTheWay = 100;

struct SocketPair {
  base::FileDescriptor ours;
  base::FileDescriptor theirs;
};

std::optional<SocketPair> make_socket_pair() {
  int fds[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) return std::nullopt;
  return SocketPair{base::FileDescriptor(fds[0]), base::FileDescriptor(fds[1])};
}

std::optional<SocketPair> make_pipe() {
  int fds[2];
  if (pipe2(fds, O_CLOEXEC) != 0) return std::nullopt;
  return SocketPair{base::FileDescriptor(fds[0]), base::FileDescriptor(fds[1])};
}

// Runs in the child. Gives the errno of what failed; on success it does not return.
int become_qemu(pid_t runner, const std::vector<int>& descriptors, char* const* arguments,
                char* const* environment) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return errno;
  if (getppid() != runner) return ESRCH;  // it died before the line above
  sigset_t none;
  sigemptyset(&none);
  if (sigprocmask(SIG_SETMASK, &none, nullptr) != 0) return errno;
  // First out of the way of the numbers that they are to have, since a source may be a target.
  std::vector<int> moved;
  for (const int source : descriptors) {
    moved.push_back(fcntl(source, F_DUPFD_CLOEXEC, kOutOfTheWay));
    if (moved.back() < 0) return errno;
  }
  for (std::size_t i = 0; i < moved.size(); ++i) {
    if (dup2(moved[i], static_cast<int>(i)) < 0) return errno;
  }
  execve(arguments[0], arguments, environment);
  return errno;
}

}  // namespace

base::Result<QemuProcess> QemuProcess::start(const std::vector<std::string>& command,
                                             const std::vector<std::string>& environment,
                                             const std::vector<int>& more) {
  auto console = make_socket_pair();
  auto channel = make_socket_pair();
  auto output = make_pipe();
  auto failure = make_pipe();
  if (!console || !channel || !output || !failure) {
    return std::unexpected("no sockets for QEMU: " + base::describe_errno(errno));
  }
  const std::vector<char*> arguments = base::c_strings(command);
  const std::vector<char*> variables = base::c_strings(environment);
  const pid_t runner = getpid();
  QemuProcess process;
  process.pid_ = fork();
  if (process.pid_ < 0) {
    return std::unexpected("no process for QEMU: " + base::describe_errno(errno));
  }
  if (process.pid_ == 0) {
    // The pipe for the failure has to survive until exec closes it.
    const int report = fcntl(failure->theirs.get(), F_DUPFD_CLOEXEC, kOutOfTheWay);
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    static_assert(kConsoleFd == 3 && kChannelFd == 4 && kFirstFurtherFd == 5);
    std::vector<int> descriptors = {nothing, output->theirs.get(), output->theirs.get(),
                                    console->theirs.get(), channel->theirs.get()};
    descriptors.insert(descriptors.end(), more.begin(), more.end());
    const int error = become_qemu(runner, descriptors, arguments.data(), variables.data());
    const ssize_t written = write(report, &error, sizeof(error));
    _exit(written == sizeof(error) ? 127 : 126);
  }
  failure->theirs.close();
  int error = 0;
  if (read(failure->ours.get(), &error, sizeof(error)) == sizeof(error)) {
    return std::unexpected("QEMU cannot be started: " + command[0] + ": " +
                           base::describe_errno(error));
  }
  process.console_ = std::move(console->ours);
  process.channel_ = std::move(channel->ours);
  process.output_ = std::move(output->ours);
  return process;
}

base::Result<QemuProcess> QemuProcess::launch(const Machine& machine,
                                              const std::vector<int>& more) {
  return start(qemu_command(machine, measure_host_tsc_khz()), qemu_environment(machine), more);
}

QemuProcess::QemuProcess(QemuProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      console_(std::move(other.console_)),
      channel_(std::move(other.channel_)),
      output_(std::move(other.output_)) {}

QemuProcess::~QemuProcess() { kill(); }

std::optional<QemuExit> QemuProcess::poll_exit() {
  int status = 0;
  if (pid_ < 0 || waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
  pid_ = -1;
  if (WIFSIGNALED(status)) return QemuExit{true, WTERMSIG(status)};
  return QemuExit{false, WEXITSTATUS(status)};
}

void QemuProcess::kill() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

}  // namespace kmod::vm
