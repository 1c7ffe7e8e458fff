// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_TEST_SESSION_H_
#define KMOD_RULES_PRIVATE_VM_HOST_TEST_SESSION_H_

#include <signal.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/host/event_loop.h"
#include "kmod_rules/private/vm/host/given_time.h"
#include "kmod_rules/private/vm/host/qemu_process.h"
#include "kmod_rules/private/vm/host/runner_options.h"
#include "kmod_rules/private/vm/verdict/observation.h"
#include "kmod_rules/private/vm/wire/channel_reader.h"

namespace kmod::vm {

// One run of a VM: starts QEMU, talks to the guest's init, and watches until the guest is done, has
// failed or is out of time. To be used once, from a program with one thread: it takes over SIGCHLD,
// SIGINT, SIGHUP and SIGTERM.
class TestSession {
 public:
  // Called for every line of the guest's console as it comes.
  using ConsoleSink = std::function<void(const std::string& line)>;

  // Called for every line that a program of the guest writes, as it comes.
  using OutputSink = std::function<void(const std::string& program, const std::string& line)>;

  TestSession(const RunnerOptions& options, const Limits& limits, ConsoleSink sink,
              OutputSink output_sink);

  // Blocks until the run is over; QEMU is gone then.
  void run();

  [[nodiscard]] const Observation& observation() const { return seen_; }

  // Whether the run says nothing, because the kernel lost its timer before init was ready. Another
  // session can boot it again.
  [[nodiscard]] bool lost_timer() const { return seen_.stop == Stop::kLostTimer; }

  [[nodiscard]] Timeline& timeline() { return timeline_; }

 private:
  [[nodiscard]] base::Result<QemuProcess> launch() const;
  [[nodiscard]] EventLoop::Handlers handlers();
  [[nodiscard]] std::uint64_t deadline_us();
  void stop(Stop why, std::int64_t limit_ms);
  void check_time();
  void keep_qemu_output(std::string_view output);
  void on_console(std::string_view bytes);
  void show_console_line(std::string_view line);
  void on_console_line(std::string_view line);
  void on_kernel_line(KernelConsoleLine line);
  void be_gone_within(std::int64_t grace_ms);
  void on_channel(std::string_view bytes);
  void on_message(const Message& message);
  void on_log_record(std::string_view raw);
  void greet(const ReadyMessage& ready);
  void on_program_output(const std::string& text);

  const RunnerOptions& options_;
  const Limits limits_;
  const ConsoleSink sink_;
  const OutputSink output_sink_;
  Observation seen_;
  Timeline timeline_;
  std::optional<QemuProcess> qemu_;
  std::optional<GivenTime> time_;  // of QEMU
  EventLoop loop_{{SIGINT, SIGHUP, SIGTERM}, handlers()};
  ChannelReader channel_{FrameType::kReady};
  base::LineSplitter console_lines_;
  std::size_t console_size_ = 0;  // bytes so far, kept or not
  std::string program_;           // of the step that runs
  base::LineSplitter program_lines_;
  Moment started_;
  Moment last_sign_;
  // When the kernel failed or the guest ended; it must be gone within `grace_ms_`.
  std::optional<Moment> failed_;
  std::int64_t grace_ms_ = 0;
  bool switched_off_ = false;  // `failed_` is when the kernel said that it switches off
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_TEST_SESSION_H_
