// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/guest_supervisor.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <iterator>
#include <variant>

namespace kmod::vm {

GuestSupervisor::GuestSupervisor(ConsoleChannel& channel) : channel_(channel) {
  sigset_t heard;
  sigemptyset(&heard);
  // busybox asks init by SIGUSR1 to halt, by SIGUSR2 to power off and by SIGTERM to reboot.
  for (const int signal : {SIGCHLD, SIGUSR1, SIGUSR2, SIGTERM}) sigaddset(&heard, signal);
  sigprocmask(SIG_BLOCK, &heard, nullptr);
  signals_ = base::FileDescriptor(signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK));
}

void GuestSupervisor::forward(base::FileDescriptor& from, bool error_stream) {
  char buffer[16384];
  while (from.get() >= 0) {
    const ssize_t size = read(from.get(), buffer, sizeof(buffer));
    if (size > 0) {
      channel_.send(OutputMessage{error_stream, {buffer, static_cast<std::size_t>(size)}});
    } else if (size == 0 || errno != EINTR) {
      if (size == 0) from.close();
      return;
    }
  }
}

std::optional<std::uint8_t> GuestSupervisor::handle_signals(pid_t awaited) {
  signalfd_siginfo info = {};
  while (read(signals_.get(), &info, sizeof(info)) == sizeof(info)) {
    if (info.ssi_signo != SIGCHLD) return 0;
  }
  int status = 0;
  for (pid_t pid = 0; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
    if (pid == awaited) return shell_status(status);
  }
  return std::nullopt;
}

void GuestSupervisor::handle_messages() {
  for (const ConsoleMessage& message : channel_.receive()) {
    if (const auto* resize = std::get_if<ResizeMessage>(&message)) set_console_size(resize->window);
  }
}

std::uint8_t GuestSupervisor::run(GuestProcess process) {
  for (;;) {
    pollfd events[] = {
        {signals_.get(), POLLIN, 0},
        {channel_.fd(), POLLIN, 0},
        {process.output.get(), POLLIN, 0},
        {process.errors.get(), POLLIN, 0},
    };
    poll(events, std::size(events), -1);
    if (events[1].revents != 0) handle_messages();
    const auto status = handle_signals(process.pid);
    // Also after its end: the pipes still hold the last output.
    forward(process.output, false);
    forward(process.errors, true);
    if (status) return *status;
  }
}

}  // namespace kmod::vm
