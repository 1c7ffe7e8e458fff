// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/host/test_session.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>
#include <variant>

#include "kmod_rules/private/base/errno_name.h"
#include "kmod_rules/private/base/monotonic_clock.h"
#include "kmod_rules/private/vm/verdict/complaint.h"
#include "kmod_rules/private/vm/verdict/guest_check.h"

namespace kmod::vm {
namespace {

// Init sends something every second while a step runs. The kernel's own detector of soft lockups
// reports after about 12 seconds (qemu_command.cc) and knows more, so it has to come first.
constexpr std::int64_t kSilenceMs = 20'000;
// The part of the time in which init can still tell how far it came, before the host's own limit.
constexpr std::int64_t kGuestReserveMs = 3'000;
// After an oops init may still be able to finish, and then reports more.
constexpr std::int64_t kOopsGraceMs = 5'000;
// After a lockup init cannot finish, and a panic resets the VM at once: time for the last lines.
constexpr std::int64_t kFailureGraceMs = 1'000;
constexpr std::int64_t kEndGraceMs = 5'000;
// A guest that was switched off sends nothing. One that a module only quotes the kernel's line in
// sends something every second.
constexpr std::int64_t kSwitchOffGraceMs = 3'000;
constexpr std::int64_t kInFlightMs = 500;

std::uint64_t later(std::uint64_t time_us, std::int64_t ms) {
  return time_us + static_cast<std::uint64_t>(ms) * 1000;
}

std::uint64_t unix_time_us() {
  using std::chrono::system_clock;
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(system_clock::now().time_since_epoch())
          .count());
}

// The indices count all leaks that came, and leaks are cleared only once.
void clear_leaks(const ClearedLeaksMessage& message, Observation& seen) {
  std::vector<LeakMessage> left;
  for (std::uint32_t i = 0; i < seen.leaks.size(); ++i) {
    if (std::ranges::find(message.indices, i) == message.indices.end()) {
      left.push_back(std::move(seen.leaks[i]));
    }
  }
  seen.cleared_leaks += static_cast<std::uint32_t>(seen.leaks.size() - left.size());
  seen.leaks = std::move(left);
}

}  // namespace

TestSession::TestSession(const RunnerOptions& options, const Limits& limits, ConsoleSink sink,
                         OutputSink output_sink)
    : options_(options),
      limits_(limits),
      sink_(std::move(sink)),
      output_sink_(std::move(output_sink)) {
  timeline_.runner_started = base::monotonic_us();
  seen_.kvm = options.machine.accelerator == Accelerator::kKvm;
  timeline_.restored = options.machine.restored;
  seen_.limit_is_given = limits.is_given;
  seen_.memory_mib = options.machine.memory_mib;
  std::error_code error;
  const auto size = std::filesystem::file_size(options.machine.initramfs, error);
  if (!error) seen_.initramfs_size = size;
}

base::Result<QemuProcess> TestSession::launch() const {
  if (!options_.machine.restored) return QemuProcess::launch(options_.machine);
  const base::FileDescriptor state(open(options_.snapshot.c_str(), O_RDONLY | O_CLOEXEC));
  if (state.get() < 0) {
    return std::unexpected(fmt::format("{}: {}", options_.snapshot, base::describe_errno(errno)));
  }
  return QemuProcess::launch(options_.machine, {state.get()});
}

void TestSession::run() {
  auto qemu = launch();
  if (!qemu) {
    seen_.start_error = qemu.error();
    return;
  }
  qemu_.emplace(std::move(*qemu));
  time_.emplace(qemu_->pid());
  timeline_.qemu_started = base::monotonic_us();
  started_ = {*timeline_.qemu_started, *timeline_.qemu_started};
  last_sign_ = started_;
  loop_.add({.fd = qemu_->console(), .on_bytes = [this](auto bytes) { on_console(bytes); }});
  loop_.add({.fd = qemu_->channel(), .on_bytes = [this](auto bytes) { on_channel(bytes); }});
  loop_.add({.fd = qemu_->output(), .on_bytes = [this](auto bytes) { keep_qemu_output(bytes); }});
  if (const base::Status watched = loop_.run(); !watched) {
    seen_.start_error = "the runner " + watched.error();
    stop(Stop::kSignaled, 0);
  }
  seen_.waited_ms = static_cast<std::int64_t>(time_->waited_us() / 1000);
  qemu_->kill();
  timeline_.qemu_gone = base::monotonic_us();
  seen_.lasted_ms =
      static_cast<std::int64_t>((*timeline_.qemu_gone - *timeline_.qemu_started) / 1000);
  loop_.drain();
  if (console_lines_.has_unfinished()) on_console_line(console_lines_.take());
  if (program_lines_.has_unfinished()) output_sink_(program_, program_lines_.take());
  // A guest that was stopped in the middle of a frame has not sent a bad one.
  if (seen_.stop == Stop::kGuestLeft) channel_.finish();
  seen_.channel_errors = channel_.errors();
}

EventLoop::Handlers TestSession::handlers() {
  return {
      .on_signal = [this](int) { stop(Stop::kSignaled, 0); },
      .child_ended =
          [this] {
            seen_.qemu_exit = qemu_->poll_exit();
            return seen_.qemu_exit.has_value();
          },
      .deadline_us = [this] { return deadline_us(); },
      .on_wake = [this] { check_time(); },
  };
}

std::uint64_t TestSession::deadline_us() {
  const Moment now = time_->now();
  std::uint64_t left =
      seen_.ready ? left_us(last_sign_, kSilenceMs, now) : left_us(started_, limits_.boot_ms, now);
  if (failed_) left = std::min(left, left_us(*failed_, grace_ms_, now));
  // The limit of the whole is the host's: Bazel ends the test soon after it.
  return std::min(now.host_us + left, later(started_.host_us, limits_.total_ms));
}

void TestSession::stop(Stop why, std::int64_t limit_ms) {
  seen_.stop = why;
  seen_.limit_ms = limit_ms;
  loop_.stop();
}

void TestSession::check_time() {
  if (console_size_ > kMaxConsoleSize) return stop(Stop::kFlood, 0);
  const Moment now = time_->now();
  if (failed_ && left_us(*failed_, grace_ms_, now) == 0) {
    return stop(seen_.end ? Stop::kAfterEnd : Stop::kAfterFailure, grace_ms_);
  }
  if (now.host_us >= later(started_.host_us, limits_.total_ms)) {
    return stop(Stop::kTimeLimit, limits_.total_ms);
  }
  if (!seen_.ready && left_us(started_, limits_.boot_ms, now) == 0) {
    return stop(Stop::kBootLimit, limits_.boot_ms);
  }
  if (seen_.ready && left_us(last_sign_, kSilenceMs, now) == 0) stop(Stop::kSilence, kSilenceMs);
}

void TestSession::keep_qemu_output(std::string_view output) {
  constexpr std::size_t kMaxSize = std::size_t{64} * 1024;
  seen_.qemu_output += output;
  // The end of the output says why QEMU ended.
  if (seen_.qemu_output.size() > 2 * kMaxSize) {
    seen_.qemu_output.erase(0, seen_.qemu_output.size() - kMaxSize);
  }
}

void TestSession::on_console(std::string_view bytes) {
  if (!timeline_.first_output && !timeline_.restored) timeline_.first_output = base::monotonic_us();
  // A guest that floods its console may leave init no time to send anything, but it is not silent.
  last_sign_ = time_->now();
  // Bytes count, not lines: a flood may have no line end.
  console_size_ += bytes.size();
  if (console_size_ > kMaxConsoleSize) return;
  for (const std::string& line : console_lines_.feed(bytes)) on_console_line(line);
  if (!seen_.ready && is_decompressor_end(console_lines_.unfinished())) {
    be_gone_within(kFailureGraceMs);
  }
}

void TestSession::be_gone_within(std::int64_t grace_ms) {
  const Moment now = time_->now();
  if (failed_ && left_us(*failed_, grace_ms_, now) <= left_us(now, grace_ms, now)) return;
  failed_ = now;
  grace_ms_ = grace_ms;
  switched_off_ = false;
}

void TestSession::show_console_line(std::string_view line) {
  if (!timeline_.first_log_line && !timeline_.restored && line.starts_with("[ "))
    timeline_.first_log_line = base::monotonic_us();
  sink_(seen_.console.emplace_back(line));
}

void TestSession::on_console_line(std::string_view line) {
  const auto record = parse_console_line(line);
  if (!record) {
    show_console_line(line);
    // No process but init runs before, and early in the boot lines have no priority.
    if (!seen_.ready) on_kernel_line({0, std::string(strip_console_prefix(line))});
    return;
  }
  if (!record->before.empty()) show_console_line(record->before);
  show_console_line(record->stamped);
  if (record->facility != kKernelFacility) return;
  on_kernel_line({record->time_us, std::string(strip_console_prefix(record->stamped))});
}

void TestSession::on_kernel_line(KernelConsoleLine line) {
  if (is_switch_off(line.text) && seen_.ready && !seen_.end && !failed_) {
    be_gone_within(kSwitchOffGraceMs);
    switched_off_ = true;
  }
  if (!seen_.ready && is_lost_timer(line.text)) stop(Stop::kLostTimer, 0);
  const auto kind = classify_line(line.text);
  if (kind && *kind >= ComplaintKind::kHang) {
    be_gone_within(*kind == ComplaintKind::kOops ? kOopsGraceMs : kFailureGraceMs);
  }
  seen_.kernel_console.push_back(std::move(line));
}

void TestSession::on_channel(std::string_view bytes) {
  for (const Message& message : channel_.feed(bytes)) {
    last_sign_ = time_->now();
    if (failed_ && switched_off_ && left_us(*failed_, kInFlightMs, last_sign_) == 0) {
      failed_.reset();
    }
    on_message(message);
  }
}

void TestSession::greet(const ReadyMessage& ready) {
  timeline_.ready = base::monotonic_us();
  timeline_.init_started = *timeline_.ready - (ready.ready_us - ready.init_started_us);
  if (ready.protocol != kProtocolVersion) {
    seen_.guest_errors.push_back(
        fmt::format("speaks version {} of the protocol, the runner speaks version {}",
                    ready.protocol, kProtocolVersion));
  }
  StartMessage start{.programs = options_.expectation.programs,
                     .program_arguments = options_.program_arguments,
                     .unix_time_us = unix_time_us(),
                     .survives_warnings = options_.machine.survives_warnings};
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
  seen_.step_limit_us = start.time_limit_us;
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
    seen_.guest_errors.push_back("sent a log record that cannot be parsed: " + record.error());
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
  } else if (const auto* cleared = std::get_if<ClearedLeaksMessage>(&message)) {
    clear_leaks(*cleared, seen_);
  } else if (const auto* failure = std::get_if<FailingCycleMessage>(&message)) {
    seen_.failures.push_back(*failure);
  } else if (const auto* heartbeat = std::get_if<HeartbeatMessage>(&message)) {
    seen_.last_heartbeat = *heartbeat;
  } else if (const auto* taint = std::get_if<TaintMessage>(&message)) {
    (taint->when == TaintWhen::kBeforeModules ? seen_.taint_before : seen_.taint_after) = *taint;
  } else if (const auto* error = std::get_if<GuestErrorMessage>(&message)) {
    seen_.guest_errors.push_back(error->text);
  } else if (const auto* end = std::get_if<EndMessage>(&message)) {
    seen_.end = *end;
    timeline_.ended = base::monotonic_us();
    failed_.reset();
    be_gone_within(kEndGraceMs);
  }
}

}  // namespace kmod::vm
