// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_TEST_SESSION_H_
#define KMOD_RULES_PRIVATE_VM_HOST_TEST_SESSION_H_

#include <cstdint>
#include <functional>
#include <string>

#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/host/qemu_process.h"
#include "kmod_rules/private/vm/host/runner_options.h"
#include "kmod_rules/private/vm/verdict/observation.h"
#include "kmod_rules/private/vm/wire/channel_reader.h"

namespace kmod::vm {

// One run of a virtual machine: starts QEMU, talks to the guest's init, and watches until the guest
// is done, has failed or is out of time. To be used once, from a program with one thread: it takes
// over SIGCHLD, SIGINT, SIGHUP and SIGTERM.
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
  [[nodiscard]] Timeline& timeline() { return timeline_; }

 private:
  enum class Watch { kGoOn, kOver };

  Watch watch_once();
  [[nodiscard]] int wait_ms() const;
  Watch stop(Stop why, std::int64_t limit_ms);
  Watch check_time();
  Watch handle_signals();
  void read_all(bool at_end);
  void keep_qemu_output(const std::string& output);
  void on_console(std::string_view bytes);
  void on_console_line(std::string line);
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
  base::FileDescriptor signals_;
  // Owned by qemu_; -1 once the other side has hung up.
  int console_fd_ = -1;
  int channel_fd_ = -1;
  int output_fd_ = -1;
  ChannelReader channel_{FrameType::kReady};
  base::LineSplitter console_lines_;
  std::size_t console_size_ = 0;  // bytes so far, kept or not
  std::string program_;           // of the step that runs
  base::LineSplitter program_lines_;
  std::uint64_t last_sign_us_ = 0;
  // When a guest in which the kernel has failed, or which has ended, must be gone.
  std::optional<std::uint64_t> failed_by_us_;
  std::int64_t grace_ms_ = 0;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_TEST_SESSION_H_
