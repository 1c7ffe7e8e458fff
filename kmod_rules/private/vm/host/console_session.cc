// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/console_session.h"

#include <fmt/core.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/base/monotonic_clock.h"
#include "kmod_rules/private/vm/verdict/guest_check.h"
#include "kmod_rules/private/vm/verdict/kernel_log.h"

namespace kmod::vm {
namespace {

// From the guest's last message until QEMU is gone.
constexpr std::uint64_t kEndLimitUs = 10'000'000;
// An input that has ended stays at its end for the next program that reads it, so Ctrl-D is
// repeated. One that comes while the shell changes the terminal's mode is lost.
constexpr std::uint64_t kEndOfInputUs = 300'000;
// A guest that prints without end must not fill the host's memory.
constexpr std::size_t kMaxHeld = std::size_t{256} * 1024;

}  // namespace

ConsoleSession::ConsoleSession(const ConsoleOptions& options, std::string terminal_name,
                               std::string workspace)
    : options_(options),
      terminal_name_(std::move(terminal_name)),
      debug_{options.machine.gdb_port.value_or(0), std::move(workspace)} {}

base::Status ConsoleSession::start() {
  signal(SIGPIPE, SIG_IGN);
  std::vector<int> further;
  if (options_.share) {
    share_.emplace(KMOD_TRY(ShareServer::start(options_.virtiofsd, *options_.share)));
    further.push_back(share_->connection().get());
  }
  qemu_.emplace(KMOD_TRY(QemuProcess::launch(options_.machine, further)));
  if (share_) share_->connection().close();
  channel_.emplace(base::FileDescriptor(dup(qemu_->channel())));
  loop_.add({.fd = qemu_->channel(), .on_bytes = [this](auto bytes) {
               for (const ConsoleMessage& message : channel_->feed(bytes)) on_message(message);
             }});
  loop_.add({.fd = qemu_->console(), .on_bytes = [this](auto bytes) { on_console(bytes); }});
  loop_.add({.fd = qemu_->output(), .on_bytes = [this](auto bytes) { qemu_output_ += bytes; }});
  loop_.add({.fd = STDIN_FILENO,
             .on_bytes = [this](auto keys) { on_input(keys); },
             .on_end = [this] { on_input_end(); },
             .is_wanted = [this] { return wants_input(); }});
  started_us_ = base::monotonic_us();
  if (interactive()) terminal_.make_raw();
  return {};
}

base::Result<int> ConsoleSession::run() {
  KMOD_TRY(start());
  if (const base::Status watched = loop_.run(); !watched) fail(watched.error());
  input_open_ = false;
  qemu_->kill();
  loop_.drain();
  terminal_.restore();
  return outcome();
}

EventLoop::Handlers ConsoleSession::handlers() {
  return {
      .on_signal = [this](int signal) { on_signal(signal); },
      .child_ended =
          [this] {
            qemu_exit_ = qemu_->poll_exit();
            return qemu_exit_.has_value();
          },
      .deadline_us = [this] { return std::min(limit_us(), next_end_of_input_us_); },
      .on_wake = [this] { check_time(); },
  };
}

base::Result<int> ConsoleSession::outcome() {
  if (escapes_.left()) return 0;
  if (!failure_ && status_) return *status_;
  std::string why = failure_.value_or(
      "the VM ended without a message from its init: a panic, a reset, or poweroff -f");
  if (qemu_exit_ && (qemu_exit_->signaled || qemu_exit_->code != 0)) {
    why = fmt::format("QEMU {} {}", qemu_exit_->signaled ? "was killed by signal" : "exited with",
                      qemu_exit_->code);
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
  // The keys of a terminal go through from the beginning, so that Ctrl-A X works; the bytes of a
  // file would be lost before there is a shell.
  return input_open_ && (taking_input_ || (interactive() && terminal_.present()));
}

std::uint64_t ConsoleSession::limit_us() const {
  if (ended_us_) return *ended_us_ + kEndLimitUs;
  if (up_ || live_) return UINT64_MAX;
  return started_us_ + static_cast<std::uint64_t>(default_boot_limit_ms(options_.machine)) * 1000;
}

void ConsoleSession::check_time() {
  const std::uint64_t now = base::monotonic_us();
  if (now >= next_end_of_input_us_) {
    constexpr std::string_view kCtrlD = "\x04";
    base::write_all(qemu_->console(), kCtrlD);
    next_end_of_input_us_ = now + kEndOfInputUs;
  }
  if (now < limit_us()) return;
  if (ended_us_) {
    loop_.stop();
  } else if (interactive()) {
    tell("vm_console: init has not started yet; Ctrl-A X leaves. The console:\n");
    live_ = true;
    base::write_all(STDOUT_FILENO, std::exchange(held_, {}));
  } else {
    const bool kvm = options_.machine.accelerator == Accelerator::kKvm;
    fail(fmt::format("init did not start in time{}",
                     kvm ? "; --accel=tcg works where KVM hangs" : ""));
  }
}

void ConsoleSession::on_signal(int signal) {
  if (signal == SIGWINCH) {
    channel_->send(ResizeMessage{Terminal::size()});
  } else {
    status_ = 128 + signal;
    loop_.stop();
  }
}

void ConsoleSession::on_input(std::string_view keys) {
  if (interactive()) escapes_.feed(keys);
  base::write_all(qemu_->console(), keys);
}

void ConsoleSession::on_input_end() {
  input_open_ = false;
  if (interactive()) next_end_of_input_us_ = base::monotonic_us();
}

void ConsoleSession::on_console(std::string_view bytes) {
  if (!up_) {
    for (const std::string& line : console_lines_.feed(bytes)) {
      if (!is_lost_timer(strip_console_prefix(line))) continue;
      lost_timer_ = true;
      fail(std::string(kHostTooBusy));
    }
  }
  if (live_) {
    base::write_all(STDOUT_FILENO, bytes);
    at_line_start_ = bytes.ends_with('\n');
    return;
  }
  held_ += bytes;
  if (held_.size() > kMaxHeld) held_.erase(0, held_.size() - kMaxHeld);
}

void ConsoleSession::fail(std::string why) {
  if (!failure_) failure_ = std::move(why);
  loop_.stop();
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
    tell(recipe ? fmt::format("To stop before init of {}:\n  {}\n", options_.symbols.front().module,
                              *recipe)
                : fmt::format("vm_console: {}\n", recipe.error()));
  }
  tell("Enter loads the modules.\n");
}

void ConsoleSession::on_start() {
  taking_input_ = interactive();
  if (!options_.machine.gdb_port) return;
  tell(fmt::format("To debug:\n  {}\nor:\n  {}\n", gdb_recipe(debug_, loaded_),
                   lldb_recipe(debug_, loaded_)));
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
    tell(fmt::format("vm_console: {}\n", notice->text));
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
