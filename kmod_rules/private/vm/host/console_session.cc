// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/console_session.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <utility>
#include <variant>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/base/monotonic_clock.h"
#include "kmod_rules/private/vm/host/console_qemu_command.h"
#include "kmod_rules/private/vm/host/host_tsc.h"
#include "kmod_rules/private/vm/host/qemu_command.h"

namespace kmod::vm {
namespace {

// As long as a test waits for it.
constexpr std::uint64_t kBootLimitUs = 60'000'000;
constexpr std::uint64_t kKvmBootLimitUs = 15'000'000;
// From the guest's last word until QEMU is gone.
constexpr std::uint64_t kEndLimitUs = 10'000'000;
// An input that has ended stays so for whoever reads next; a Ctrl-D that comes while the shell
// changes the terminal's mode is lost.
constexpr std::uint64_t kEndOfInputUs = 300'000;
// A guest that prints for ever must not fill the memory.
constexpr std::size_t kMaxHeld = std::size_t{256} * 1024;

std::string read_once(int& fd) {
  char buffer[16384];
  const ssize_t size = read(fd, buffer, sizeof(buffer));
  if (size > 0) return {buffer, static_cast<std::size_t>(size)};
  if (size == 0 || (errno != EINTR && errno != EAGAIN)) fd = -1;
  return {};
}

}  // namespace

ConsoleSession::ConsoleSession(const ConsoleOptions& options, std::string terminal_name,
                               std::string workspace)
    : options_(options),
      terminal_name_(std::move(terminal_name)),
      debug_{options.gdb_port.value_or(0), std::move(workspace)} {}

std::expected<void, std::string> ConsoleSession::start() {
  sigset_t heard;
  sigemptyset(&heard);
  for (const int signal : {SIGCHLD, SIGINT, SIGHUP, SIGTERM, SIGWINCH}) sigaddset(&heard, signal);
  sigprocmask(SIG_BLOCK, &heard, nullptr);
  signal(SIGPIPE, SIG_IGN);
  signals_ = base::FileDescriptor(signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK));
  std::vector<int> further;
  if (options_.share) {
    auto share = ShareServer::start(options_.virtiofsd, *options_.share);
    if (!share) return std::unexpected(share.error());
    share_.emplace(std::move(*share));
    further.push_back(share_->connection().get());
  }
  auto qemu = QemuProcess::start(console_qemu_command(options_, measure_host_tsc_khz()),
                                 qemu_environment(options_.machine), further);
  if (!qemu) return std::unexpected(qemu.error());
  if (share_) share_->connection().close();
  qemu_.emplace(std::move(*qemu));
  console_fd_ = qemu_->console();
  output_fd_ = qemu_->output();
  channel_.emplace(base::FileDescriptor(dup(qemu_->channel())));
  started_us_ = base::monotonic_us();
  if (interactive()) terminal_.make_raw();
  return {};
}

std::expected<int, std::string> ConsoleSession::run() {
  if (const auto started = start(); !started) return std::unexpected(started.error());
  while (!over_) watch_once();
  qemu_->kill();
  while (console_fd_ >= 0) on_console();
  while (output_fd_ >= 0) qemu_output_ += read_once(output_fd_);
  while (channel_->fd() >= 0) {
    for (const ConsoleMessage& message : channel_->receive()) on_message(message);
  }
  terminal_.restore();
  return outcome();
}

std::expected<int, std::string> ConsoleSession::outcome() {
  if (escapes_.left()) return 0;
  if (!failure_ && status_) return *status_;
  std::string why = failure_.value_or(
      "the machine ended without a word from its init: a panic, a reset, or poweroff -f");
  if (qemu_exit_ && (qemu_exit_->signalled || qemu_exit_->code != 0)) {
    why = std::string("QEMU ") +
          (qemu_exit_->signalled ? "was killed by signal " : "exited with ") +
          std::to_string(qemu_exit_->code);
  }
  // Init has said what is wrong, or the console does.
  if (!ended_us_ && !held_.empty()) why += "\nthe guest's console:\n" + held_;
  if (!qemu_output_.empty()) why += "\nQEMU said:\n" + qemu_output_;
  if (share_) {
    const std::string complaints = share_->complaints();
    if (!complaints.empty()) why += "\nvirtiofsd said:\n" + complaints;
  }
  return std::unexpected(why);
}

bool ConsoleSession::wants_input() const {
  // A terminal's keys go through from the beginning, so that Ctrl-A X works; what comes from a file
  // would be lost before there is a shell.
  return input_open_ && (taking_input_ || (interactive() && terminal_.present()));
}

std::uint64_t ConsoleSession::limit_us() const {
  if (ended_us_) return *ended_us_ + kEndLimitUs;
  if (up_ || live_) return UINT64_MAX;
  const bool kvm = options_.machine.accelerator == Accelerator::kKvm;
  return started_us_ + (kvm ? kKvmBootLimitUs : kBootLimitUs);
}

int ConsoleSession::wait_ms() const {
  const std::uint64_t due = std::min(limit_us(), next_end_of_input_us_);
  if (due == UINT64_MAX) return -1;
  const std::uint64_t now = base::monotonic_us();
  return due <= now ? 0 : static_cast<int>((due - now) / 1000 + 1);
}

void ConsoleSession::check_time() {
  const std::uint64_t now = base::monotonic_us();
  if (now >= next_end_of_input_us_) {
    constexpr std::string_view kCtrlD = "\x04";
    base::write_all(console_fd_, kCtrlD);
    next_end_of_input_us_ = now + kEndOfInputUs;
  }
  if (now < limit_us()) return;
  if (ended_us_) {
    over_ = true;
  } else if (interactive()) {
    tell("vm_console: init has not started yet; Ctrl-A X leaves. The console:\n");
    live_ = true;
    base::write_all(STDOUT_FILENO, std::exchange(held_, {}));
  } else {
    const bool kvm = options_.machine.accelerator == Accelerator::kKvm;
    fail(std::string("init did not start in time") +
         (kvm ? "; --accel=tcg works where KVM hangs" : ""));
  }
}

void ConsoleSession::watch_once() {
  pollfd events[] = {
      {signals_.get(), POLLIN, 0}, {wants_input() ? STDIN_FILENO : -1, POLLIN, 0},
      {channel_->fd(), POLLIN, 0}, {console_fd_, POLLIN, 0},
      {output_fd_, POLLIN, 0},
  };
  poll(events, std::size(events), wait_ms());
  if (events[2].revents != 0) {
    for (const ConsoleMessage& message : channel_->receive()) on_message(message);
  }
  if (events[3].revents != 0) on_console();
  if (events[4].revents != 0) qemu_output_ += read_once(output_fd_);
  if (events[1].revents != 0) on_input();
  handle_signals();
  qemu_exit_ = qemu_->poll_exit();
  if (qemu_exit_) over_ = true;
  check_time();
}

void ConsoleSession::handle_signals() {
  signalfd_siginfo info = {};
  while (read(signals_.get(), &info, sizeof(info)) == sizeof(info)) {
    if (info.ssi_signo == SIGWINCH) {
      channel_->send(ResizeMessage{Terminal::size()});
    } else if (info.ssi_signo != SIGCHLD) {
      status_ = 128 + static_cast<int>(info.ssi_signo);
      over_ = true;
    }
  }
}

void ConsoleSession::on_input() {
  int fd = STDIN_FILENO;
  const std::string keys = read_once(fd);
  if (fd < 0) {
    input_open_ = false;
    if (interactive()) next_end_of_input_us_ = base::monotonic_us();
    return;
  }
  if (interactive()) escapes_.feed(keys);
  base::write_all(console_fd_, keys);
}

void ConsoleSession::on_console() {
  const std::string bytes = read_once(console_fd_);
  if (live_) {
    base::write_all(STDOUT_FILENO, bytes);
    if (!bytes.empty()) at_line_start_ = bytes.ends_with('\n');
    return;
  }
  held_ += bytes;
  if (held_.size() > kMaxHeld) held_.erase(0, held_.size() - kMaxHeld);
}

void ConsoleSession::fail(std::string why) {
  if (!failure_) failure_ = std::move(why);
  over_ = true;
}

void ConsoleSession::tell(std::string_view text) {
  std::string out;
  if (!std::exchange(at_line_start_, true)) out += "\r\n";
  for (const char c : text) {
    if (c == '\n' && terminal_.raw()) out += '\r';
    out += c;
  }
  base::write_all(interactive() ? STDOUT_FILENO : STDERR_FILENO, out);
}

SetupMessage ConsoleSession::setup() const {
  return {.interactive = interactive(),
          .command = options_.command.value_or(""),
          .share = options_.share.has_value(),
          .share_read_only = options_.share && options_.share->read_only,
          .wait_before_modules = options_.gdb_wait,
          .terminal = terminal_name_,
          .window = Terminal::size()};
}

void ConsoleSession::on_loaded(const ModuleSectionsMessage& message) {
  const auto symbols = std::ranges::find(options_.symbols, message.module, &DebugFile::module);
  if (symbols != options_.symbols.end()) loaded_.push_back({symbols->file, message.sections});
}

void ConsoleSession::on_waiting(const WaitingMessage& message) {
  taking_input_ = true;
  if (!options_.symbols.empty()) {
    const auto recipe =
        gdb_wait_recipe(debug_, options_.symbols.front().file, message.do_init_module);
    tell(recipe ? "To stop before init of " + options_.symbols.front().module + ":\n  " + *recipe +
                      "\n"
                : "vm_console: " + recipe.error() + "\n");
  }
  tell("Enter loads the modules.\n");
}

void ConsoleSession::on_start() {
  taking_input_ = interactive();
  if (!options_.gdb_port) return;
  tell("To debug:\n  " + gdb_recipe(debug_, loaded_) + "\nor:\n  " + lldb_recipe(debug_, loaded_) +
       "\n");
}

void ConsoleSession::on_message(const ConsoleMessage& message) {
  if (std::holds_alternative<GuestUpMessage>(message)) {
    up_ = true;
    live_ = interactive();
    if (live_) held_.clear();
    channel_->send(setup());
  } else if (const auto* waiting = std::get_if<WaitingMessage>(&message)) {
    on_waiting(*waiting);
  } else if (const auto* loaded = std::get_if<ModuleSectionsMessage>(&message)) {
    on_loaded(*loaded);
  } else if (const auto* notice = std::get_if<NoticeMessage>(&message)) {
    tell("vm_console: " + notice->text + "\n");
  } else if (const auto* failure = std::get_if<FailureMessage>(&message)) {
    failure_ = failure->text;
    ended_us_ = base::monotonic_us();
  } else if (std::holds_alternative<ShellStartMessage>(message)) {
    on_start();
  } else if (const auto* output = std::get_if<OutputMessage>(&message)) {
    base::write_all(output->error_stream ? STDERR_FILENO : STDOUT_FILENO, output->bytes);
  } else if (const auto* exit = std::get_if<ExitMessage>(&message)) {
    status_ = exit->status;
    ended_us_ = base::monotonic_us();
  }
}

}  // namespace kmod::vm
