// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/test_session.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>
#include <variant>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/base/monotonic_clock.h"
#include "kmod_rules/private/vm/host/host_tsc.h"
#include "kmod_rules/private/vm/host/qemu_command.h"
#include "kmod_rules/private/vm/verdict/guest_check.h"
#include "kmod_rules/private/vm/verdict/complaint.h"

namespace kmod::vm {
namespace {

// Init sends something every second while a step runs. The kernel's own detector of soft lockups
// speaks after about 12 seconds (qemu_command.cc), and it knows more: let it go first.
constexpr std::int64_t kSilenceMs = 20'000;
// Of the time, what init needs to tell how far it came; the host's own limit is behind that.
constexpr std::int64_t kGuestReserveMs = 3'000;
// After an oops init may still be able to finish, and then has more to tell.
constexpr std::int64_t kOopsGraceMs = 5'000;
// After a lockup it is not, and a panic resets the machine at once: this is for the last lines.
constexpr std::int64_t kFailureGraceMs = 1'000;
constexpr std::int64_t kEndGraceMs = 5'000;

std::uint64_t later(std::uint64_t time_us, std::int64_t ms) {
  return time_us + static_cast<std::uint64_t>(ms) * 1000;
}

base::FileDescriptor take_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (int signal : {SIGCHLD, SIGINT, SIGHUP, SIGTERM}) sigaddset(&signals, signal);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  return base::FileDescriptor(signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC));
}

// Gives what can be read now, if anything. A stream that has ended, or failed, becomes -1.
std::string read_some(int& fd) {
  pollfd event = {fd, POLLIN, 0};
  if (fd < 0 || poll(&event, 1, 0) <= 0) return "";
  char buffer[16 * 1024];
  const ssize_t size = read(fd, buffer, sizeof(buffer));
  if (size > 0) return {buffer, static_cast<std::size_t>(size)};
  if (size == 0 || errno != EINTR) fd = -1;
  return "";
}

}  // namespace

TestSession::TestSession(const RunnerOptions& options, const Limits& limits, ConsoleSink sink,
                         OutputSink output_sink)
    : options_(options),
      limits_(limits),
      sink_(std::move(sink)),
      output_sink_(std::move(output_sink)) {
  timeline_.runner_started = base::monotonic_us();
  seen_.kvm = options.accelerator == Accelerator::kKvm;
  seen_.memory_mib = options.memory_mib;
  std::error_code error;
  const auto size = std::filesystem::file_size(options.initramfs, error);
  if (!error) seen_.initramfs_size = size;
}

void TestSession::run() {
  signals_ = take_signals();
  auto qemu = QemuProcess::start(qemu_command(options_, measure_host_tsc_khz()),
                                 qemu_environment(options_));
  if (!qemu) {
    seen_.start_error = qemu.error();
    return;
  }
  qemu_.emplace(std::move(*qemu));
  timeline_.qemu_started = base::monotonic_us();
  last_sign_us_ = *timeline_.qemu_started;
  console_fd_ = qemu_->console();
  channel_fd_ = qemu_->channel();
  output_fd_ = qemu_->output();
  while (watch_once() == Watch::kGoOn) {
  }
  qemu_->kill();
  timeline_.qemu_gone = base::monotonic_us();
  // What QEMU wrote last is still in the sockets.
  read_all(true);
  if (console_lines_.has_unfinished()) on_console_line(console_lines_.take());
  // A guest that was stopped in the middle of a frame has not sent a bad one.
  if (seen_.stop == Stop::kGuestLeft) channel_.finish();
  seen_.channel_errors = channel_.errors();
}

int TestSession::wait_ms() const {
  std::uint64_t due =
      later(*timeline_.qemu_started, seen_.ready ? limits_.total_ms : limits_.boot_ms);
  if (seen_.ready) due = std::min(due, later(last_sign_us_, kSilenceMs));
  if (failed_by_us_) due = std::min(due, *failed_by_us_);
  const std::uint64_t now = base::monotonic_us();
  return due <= now ? 0 : static_cast<int>((due - now) / 1000 + 1);
}

TestSession::Watch TestSession::watch_once() {
  pollfd events[] = {
      {signals_.get(), POLLIN, 0},
      {console_fd_, POLLIN, 0},
      {channel_fd_, POLLIN, 0},
      {output_fd_, POLLIN, 0},
  };
  if (poll(events, std::size(events), wait_ms()) < 0 && errno != EINTR) {
    seen_.start_error = "the runner cannot wait for QEMU: " + base::describe_errno(errno);
    return stop(Stop::kSignalled, 0);
  }
  read_all(false);
  if (handle_signals() == Watch::kOver) return Watch::kOver;
  seen_.qemu_exit = qemu_->poll_exit();
  if (seen_.qemu_exit) return Watch::kOver;
  return check_time();
}

TestSession::Watch TestSession::stop(Stop why, std::int64_t limit_ms) {
  seen_.stop = why;
  seen_.limit_ms = limit_ms;
  return Watch::kOver;
}

TestSession::Watch TestSession::check_time() {
  if (console_size_ > kMaxConsoleSize) return stop(Stop::kFlood, 0);
  const std::uint64_t now = base::monotonic_us();
  if (failed_by_us_ && now >= *failed_by_us_) {
    return stop(seen_.end ? Stop::kAfterEnd : Stop::kAfterFailure, grace_ms_);
  }
  if (now >= later(*timeline_.qemu_started, limits_.total_ms)) {
    return stop(Stop::kTimeLimit, limits_.total_ms);
  }
  if (!seen_.ready && now >= later(*timeline_.qemu_started, limits_.boot_ms)) {
    return stop(Stop::kBootLimit, limits_.boot_ms);
  }
  if (seen_.ready && now >= later(last_sign_us_, kSilenceMs))
    return stop(Stop::kSilence, kSilenceMs);
  return Watch::kGoOn;
}

TestSession::Watch TestSession::handle_signals() {
  signalfd_siginfo info = {};
  while (read(signals_.get(), &info, sizeof(info)) == sizeof(info)) {
    if (info.ssi_signo != SIGCHLD) return stop(Stop::kSignalled, 0);
  }
  return Watch::kGoOn;
}

void TestSession::read_all(bool at_end) {
  for (bool more = true; more;) {
    const std::string console = read_some(console_fd_);
    const std::string channel = read_some(channel_fd_);
    const std::string output = read_some(output_fd_);
    if (!console.empty()) on_console(console);
    if (!channel.empty()) on_channel(channel);
    keep_qemu_output(output);
    more = at_end && !(console.empty() && channel.empty() && output.empty());
  }
}

void TestSession::keep_qemu_output(const std::string& output) {
  constexpr std::size_t kMaxSize = std::size_t{64} * 1024;
  seen_.qemu_output += output;
  // Its last words are those that matter.
  if (seen_.qemu_output.size() > 2 * kMaxSize) {
    seen_.qemu_output.erase(0, seen_.qemu_output.size() - kMaxSize);
  }
}

void TestSession::on_console(std::string_view bytes) {
  if (!timeline_.first_output) timeline_.first_output = base::monotonic_us();
  // A guest that floods its console may leave init no time to say anything, and is not silent.
  last_sign_us_ = base::monotonic_us();
  // Bytes and not lines count: a flood need not have any.
  console_size_ += bytes.size();
  if (console_size_ > kMaxConsoleSize) return;
  for (std::string& line : console_lines_.feed(bytes)) on_console_line(std::move(line));
  if (!seen_.ready && is_decompressor_end(console_lines_.unfinished())) {
    be_gone_within(kFailureGraceMs);
  }
}

void TestSession::be_gone_within(std::int64_t grace_ms) {
  const std::uint64_t by = later(base::monotonic_us(), grace_ms);
  if (failed_by_us_ && *failed_by_us_ <= by) return;
  failed_by_us_ = by;
  grace_ms_ = grace_ms;
}

void TestSession::on_console_line(std::string line) {
  if (!timeline_.first_log_line && line.starts_with("[ "))
    timeline_.first_log_line = base::monotonic_us();
  sink_(line);
  if (is_switch_off(strip_console_prefix(line)) && seen_.ready && !seen_.end) {
    be_gone_within(kFailureGraceMs);
  }
  const auto kind = classify_line(strip_console_prefix(line));
  if (kind && *kind >= ComplaintKind::kHang) {
    be_gone_within(*kind == ComplaintKind::kOops ? kOopsGraceMs : kFailureGraceMs);
  }
  seen_.console.push_back(std::move(line));
}

void TestSession::on_channel(std::string_view bytes) {
  for (const Message& message : channel_.feed(bytes)) {
    last_sign_us_ = base::monotonic_us();
    on_message(message);
  }
}

void TestSession::greet(const ReadyMessage& ready) {
  timeline_.ready = base::monotonic_us();
  timeline_.init_started = *timeline_.ready - (ready.ready_us - ready.init_started_us);
  if (ready.protocol != kProtocolVersion) {
    seen_.guest_errors.push_back("speaks version " + std::to_string(ready.protocol) +
                                 " of the protocol, the runner speaks version " +
                                 std::to_string(kProtocolVersion));
  }
  StartMessage start{.programs = options_.expectation.programs,
                     .program_arguments = options_.program_arguments};
  const std::uint64_t due = later(*timeline_.qemu_started, limits_.total_ms);
  const std::uint64_t left = due - std::min(due, *timeline_.ready);
  start.time_limit_us =
      left - std::min(left / 5, static_cast<std::uint64_t>(kGuestReserveMs) * 1000);
  if (limits_.run_ms) {
    start.time_limit_us =
        std::min(start.time_limit_us, static_cast<std::uint64_t>(*limits_.run_ms) * 1000);
  }
  if (getrandom(start.nonce.data(), start.nonce.size(), 0) !=
      static_cast<ssize_t>(start.nonce.size())) {
    seen_.guest_errors.push_back("cannot be given a nonce: " + base::describe_errno(errno));
    return;
  }
  seen_.ready = true;
  channel_.expect_nonce(start.nonce);
  const std::string frame = encode({FrameType::kStart, 0, Nonce{}, encode_payload(start)});
  if (send(qemu_->channel(), frame.data(), frame.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(frame.size())) {
    seen_.guest_errors.push_back("cannot be told what to do: " + base::describe_errno(errno));
  }
}

void TestSession::on_program_output(const std::string& text) {
  if (seen_.program_output.empty()) {
    seen_.guest_errors.emplace_back("sent a program's output before the first step");
    return;
  }
  seen_.program_output.back() += text;
  for (const std::string& line : program_lines_.feed(text)) output_sink_(program_, line);
}

void TestSession::on_log_record(std::string_view raw) {
  if (auto record = parse_kmsg(raw)) {
    seen_.log.push_back({std::move(*record), !seen_.begun.empty()});
  } else {
    seen_.guest_errors.push_back("sent a log record that is none: " + record.error());
  }
}

void TestSession::on_message(const Message& message) {
  if (const auto* ready = std::get_if<ReadyMessage>(&message)) {
    greet(*ready);
  } else if (const auto* log = std::get_if<KernelLogMessage>(&message)) {
    for (const std::string& raw : log->records) on_log_record(raw);
  } else if (const auto* begin = std::get_if<StepBeginMessage>(&message)) {
    seen_.begun.push_back(*begin);
    seen_.program_output.emplace_back();
    seen_.last_heartbeat.reset();
    program_ = begin->step.name;
  } else if (const auto* end_of_step = std::get_if<StepEndMessage>(&message)) {
    seen_.steps.push_back(*end_of_step);
    if (program_lines_.has_unfinished()) output_sink_(program_, program_lines_.take());
  } else if (const auto* output = std::get_if<ProgramOutputMessage>(&message)) {
    on_program_output(output->text);
  } else if (const auto* sections = std::get_if<ModuleSectionsMessage>(&message)) {
    seen_.sections.push_back(*sections);
  } else if (const auto* leak = std::get_if<LeakMessage>(&message)) {
    seen_.leaks.push_back(*leak);
  } else if (const auto* heartbeat = std::get_if<HeartbeatMessage>(&message)) {
    seen_.last_heartbeat = *heartbeat;
  } else if (const auto* taint = std::get_if<TaintMessage>(&message)) {
    (taint->when == TaintWhen::kBeforeModules ? seen_.taint_before : seen_.taint_after) = *taint;
  } else if (const auto* error = std::get_if<GuestErrorMessage>(&message)) {
    seen_.guest_errors.push_back(error->text);
  } else if (const auto* end = std::get_if<EndMessage>(&message)) {
    seen_.end = *end;
    timeline_.ended = base::monotonic_us();
    failed_by_us_.reset();
    be_gone_within(kEndGraceMs);
  }
}

}  // namespace kmod::vm
