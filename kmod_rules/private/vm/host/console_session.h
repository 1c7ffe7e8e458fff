// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_HOST_CONSOLE_SESSION_H_
#define KMOD_RULES_PRIVATE_VM_HOST_CONSOLE_SESSION_H_

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/vm/host/console_options.h"
#include "kmod_rules/private/vm/host/escape_watch.h"
#include "kmod_rules/private/vm/host/gdb_recipe.h"
#include "kmod_rules/private/vm/host/qemu_process.h"
#include "kmod_rules/private/vm/host/share_server.h"
#include "kmod_rules/private/vm/host/terminal.h"
#include "kmod_rules/private/vm/wire/console_channel.h"

namespace kmod::vm {

// One virtual machine with a person, or a script, in front of it. To be used once, from a program
// with one thread: it takes over SIGCHLD, SIGINT, SIGHUP, SIGTERM and SIGWINCH.
class ConsoleSession {
 public:
  // `terminal_name` is the environment's TERM, `workspace` where the paths of debug information
  // begin; both may be empty.
  ConsoleSession(const ConsoleOptions& options, std::string terminal_name, std::string workspace);

  // Blocks until the machine is gone. Gives the exit status of the shell or the command.
  //
  // Errors: the machine cannot be started, or ended otherwise than it should.
  [[nodiscard]] std::expected<int, std::string> run();

 private:
  [[nodiscard]] std::expected<void, std::string> start();
  void watch_once();
  [[nodiscard]] std::uint64_t limit_us() const;
  [[nodiscard]] int wait_ms() const;
  void check_time();
  void handle_signals();
  void on_input();
  void on_console();
  void on_message(const ConsoleMessage& message);
  void on_loaded(const ModuleSectionsMessage& message);
  void on_waiting(const WaitingMessage& message);
  void on_start();
  void fail(std::string why);
  // For the person; the console may be in raw mode.
  void tell(std::string_view text);
  [[nodiscard]] bool interactive() const { return !options_.command; }
  [[nodiscard]] bool wants_input() const;
  [[nodiscard]] SetupMessage setup() const;
  [[nodiscard]] std::expected<int, std::string> outcome();

  const ConsoleOptions& options_;
  const std::string terminal_name_;
  DebugSession debug_;
  Terminal terminal_;
  EscapeWatch escapes_;
  std::optional<ShareServer> share_;
  std::optional<QemuProcess> qemu_;
  std::optional<ConsoleChannel> channel_;
  base::FileDescriptor signals_;
  int console_fd_ = -1;  // owned by qemu_; -1 once the other side has hung up
  int output_fd_ = -1;
  std::vector<DebuggedModule> loaded_;
  std::string held_;  // what the console said that nobody was shown
  std::string qemu_output_;
  std::uint64_t started_us_ = 0;
  std::uint64_t next_end_of_input_us_ = UINT64_MAX;  // when to tell the shell again
  std::optional<std::uint64_t> ended_us_;            // when the guest said that it ends
  bool live_ = false;                                // the console is shown as it comes
  bool up_ = false;                                  // init has spoken
  bool at_line_start_ = true;
  bool taking_input_ = false;
  bool input_open_ = true;
  bool over_ = false;
  std::optional<QemuExit> qemu_exit_;
  std::optional<int> status_;
  std::optional<std::string> failure_;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_HOST_CONSOLE_SESSION_H_
