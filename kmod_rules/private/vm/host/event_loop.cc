// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/event_loop.h"

#include <fmt/core.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/base/monotonic_clock.h"

namespace kmod::vm {

EventLoop::EventLoop(const std::vector<int>& signals, Handlers handlers)
    : handlers_(std::move(handlers)) {
  sigset_t heard;
  sigemptyset(&heard);
  sigaddset(&heard, SIGCHLD);
  for (const int signal : signals) sigaddset(&heard, signal);
  sigprocmask(SIG_BLOCK, &heard, nullptr);
  signals_ = base::FileDescriptor(signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK));
}

int EventLoop::wait_ms() const {
  const std::uint64_t due = handlers_.deadline_us();
  if (due == UINT64_MAX) return -1;
  const std::uint64_t now = base::monotonic_us();
  return due <= now ? 0 : static_cast<int>((due - now) / 1000 + 1);
}

base::Result<bool> EventLoop::read_ready(int limit_ms) {
  std::vector<pollfd> events = {{signals_.get(), POLLIN, 0}};
  for (const Stream& stream : streams_) {
    const bool wanted = !stream.is_wanted || stream.is_wanted();
    events.push_back({wanted ? stream.fd : -1, POLLIN, 0});
  }
  if (poll(events.data(), events.size(), limit_ms) < 0) {
    if (errno == EINTR) return false;
    return std::unexpected(fmt::format("cannot wait for QEMU: {}", base::describe_errno(errno)));
  }
  bool any = false;
  for (std::size_t i = 0; i < streams_.size(); ++i) {
    if (events[i + 1].revents == 0) continue;
    Stream& stream = streams_[i];
    char buffer[16 * 1024];
    const ssize_t size = read(stream.fd, buffer, sizeof(buffer));
    if (size > 0) {
      any = true;
      stream.on_bytes({buffer, static_cast<std::size_t>(size)});
    } else if (size == 0 || (errno != EINTR && errno != EAGAIN)) {
      stream.fd = -1;
      if (stream.on_end) stream.on_end();
    }
  }
  return any;
}

void EventLoop::handle_signals() {
  signalfd_siginfo info = {};
  while (read(signals_.get(), &info, sizeof(info)) == sizeof(info)) {
    if (info.ssi_signo != SIGCHLD) handlers_.on_signal(static_cast<int>(info.ssi_signo));
  }
}

base::Status EventLoop::run() {
  while (!stopped_) {
    KMOD_TRY(read_ready(wait_ms()));
    handle_signals();
    if (stopped_ || handlers_.child_ended()) break;
    handlers_.on_wake();
  }
  return {};
}

void EventLoop::drain() {
  while (read_ready(0).value_or(false)) {
  }
}

}  // namespace kmod::vm
