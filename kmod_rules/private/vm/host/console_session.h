// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_CONSOLE_SESSION_H_
#define KMOD_RULES_PRIVATE_VM_HOST_CONSOLE_SESSION_H_

#include <signal.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/try.h"
#include "kmod_rules/private/vm/host/console_options.h"
#include "kmod_rules/private/vm/host/debugger.h"
#include "kmod_rules/private/vm/host/event_loop.h"
#include "kmod_rules/private/vm/host/qemu_process.h"
#include "kmod_rules/private/vm/host/share_server.h"
#include "kmod_rules/private/vm/host/terminal.h"
#include "kmod_rules/private/vm/wire/console_channel.h"

namespace kmod::vm {

// One VM that a person or a script uses. To be used once, from a program with one thread: it takes
// over SIGCHLD, SIGINT, SIGHUP, SIGTERM and SIGWINCH.
class ConsoleSession {
 public:
  // `terminal_name` is the environment's TERM, `workspace` the directory where the paths of debug
  // information begin; both may be empty.
  ConsoleSession(const ConsoleOptions& options, std::string terminal_name, std::string workspace);

  // Blocks until the VM is gone. Gives the exit status of the shell or the command.
  //
  // Errors: the VM cannot be started, or it failed.
  [[nodiscard]] base::Result<int> run();

  // Whether run() failed because the kernel lost its timer before init had spoken. Another session
  // can boot it again.
  [[nodiscard]] bool lost_timer() const { return lost_timer_; }

 private:
  [[nodiscard]] base::Status start();
  [[nodiscard]] EventLoop::Handlers handlers();
  [[nodiscard]] std::uint64_t limit_us() const;
  void check_time();
  void on_signal(int signal);
  void on_input(std::string_view keys);
  void on_input_end();
  void on_console(std::string_view bytes);
  void on_message(const ConsoleMessage& message);
  void on_loaded(const ModuleSectionsMessage& message);
  void on_waiting(const WaitingMessage& message);
  void on_start();
  void fail(std::string why);
  // Prints for the user; the console may be in raw mode.
  void tell(std::string_view text);
  [[nodiscard]] bool interactive() const { return !options_.command; }
  [[nodiscard]] bool wants_input() const;
  [[nodiscard]] SetupMessage setup() const;
  [[nodiscard]] base::Result<int> outcome();

  const ConsoleOptions& options_;
  const std::string terminal_name_;
  DebugSession debug_;
  Terminal terminal_;
  EscapeWatch escapes_;
  std::optional<ShareServer> share_;
  std::optional<QemuProcess> qemu_;
  std::optional<ConsoleChannel> channel_;
  EventLoop loop_{{SIGINT, SIGHUP, SIGTERM, SIGWINCH}, handlers()};
  std::vector<DebuggedModule> loaded_;
  base::LineSplitter console_lines_;
  std::string held_;  // what the console said and was not shown
  std::string qemu_output_;
  std::uint64_t started_us_ = 0;
  std::uint64_t next_end_of_input_us_ = UINT64_MAX;  // when to tell the shell again
  std::optional<std::uint64_t> ended_us_;            // when the guest said that it ends
  bool live_ = false;                                // the console is shown as it comes
  bool lost_timer_ = false;
  bool up_ = false;  // init has spoken
  bool at_line_start_ = true;
  bool taking_input_ = false;
  bool input_open_ = true;
  std::optional<QemuExit> qemu_exit_;
  std::optional<int> status_;
  std::optional<std::string> failure_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_CONSOLE_SESSION_H_
