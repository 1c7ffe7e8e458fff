// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Starts programs, waits for them and reads their output.
#ifndef KMOD_RULES_PRIVATE_BASE_PROCESS_H_
#define KMOD_RULES_PRIVATE_BASE_PROCESS_H_

#include <sys/types.h>
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/base/file_descriptor.h"
#include "kmod_rules/private/base/try.h"

namespace kmod::base {

// In Command::files: the program reads nothing from this file and its writes are discarded.
inline constexpr int kNullFile = -1;

// A program to start, and the state in which it starts. Its signals have their default actions and
// are not blocked.
struct Command {
  std::vector<std::string> arguments = {};    // the first is a path; PATH is not searched
  std::vector<std::string> environment = {};  // NAME=VALUE, the whole environment
  std::string directory = {};                 // the working directory; empty: this process's

  // files[n] is a descriptor of this process that the program gets as descriptor n, or kNullFile.
  // The program inherits no other descriptor.
  std::vector<int> files = {kNullFile, STDOUT_FILENO, STDERR_FILENO};

  bool new_session = false;      // makes the program the leader of a new session (setsid)
  bool die_with_parent = false;  // kills the program when the thread that started it ends

  // Runs in the new process, after the settings above except `files`, with all descriptors of this
  // process still open. Returns 0, or the errno for which the program must not start.
  std::function<int()> prepare = nullptr;
};

// How a program ended.
struct ProcessEnd {
  int exit_code = 0;  // valid when signal is 0
  int signal = 0;     // the signal that killed it, or 0

  bool operator==(const ProcessEnd&) const = default;

  [[nodiscard]] bool succeeded() const { return signal == 0 && exit_code == 0; }

  // "exited with 2", "was killed by signal 9 (Killed)".
  [[nodiscard]] std::string describe() const;

  // As a shell reports it in $?: the exit code, or 128 plus the signal.
  [[nodiscard]] int shell_status() const { return signal != 0 ? 128 + signal : exit_code; }
};

// A running program. The destructor kills it and waits for it.
class Process {
 public:
  // Returns when the program itself runs.
  //
  // Errors: no process can be created, or a setting of `command` or the exec fails; the message
  // names the program or the directory. `error_number`, if given, is set to the errno.
  [[nodiscard]] static Result<Process> start(const Command& command, int* error_number = nullptr);

  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;
  ~Process() { kill(); }

  // 0 after the program has ended.
  [[nodiscard]] pid_t pid() const { return pid_; }

  // A pidfd, which poll() reports as readable once the program has ended; -1 if the kernel does not
  // provide one.
  [[nodiscard]] int descriptor() const { return descriptor_.get(); }

  // How the program ended; nothing while it runs. After the program has ended, poll_end() and
  // wait() return the same end again.
  [[nodiscard]] std::optional<ProcessEnd> poll_end();
  ProcessEnd wait();

  // Sends SIGKILL if the program still runs, and waits for its end.
  void kill();

  // Gives up the process: the caller waits for the returned PID.
  [[nodiscard]] pid_t release();

 private:
  explicit Process(pid_t pid);

  pid_t pid_ = 0;
  FileDescriptor descriptor_;
  ProcessEnd end_;
};

// The two ends of a pipe; a program that starts inherits neither, except through Command::files.
struct Pipe {
  FileDescriptor read;
  FileDescriptor write;
};

// Errors: the process has too many open files.
[[nodiscard]] Result<Pipe> make_pipe();

// All bytes up to the end of a file or pipe.
[[nodiscard]] std::string read_to_end(int descriptor);

struct ProcessResult : ProcessEnd {
  std::string output = {};
};

// What run_process() keeps of a program's output. The rest goes where Command::files says.
enum class Capture : std::uint8_t {
  kNothing,
  kOutput,           // standard output
  kOutputAndErrors,  // standard output and standard error, in the order of writing
};

// Called after each piece of output, with the process and all of its output so far.
using OutputWatcher = std::function<void(pid_t process, const std::string& output)>;

// Runs a program to its end. A program that runs and fails is a result.
//
// Errors: those of Process::start().
[[nodiscard]] Result<ProcessResult> run_process(const Command& command,
                                                Capture capture = Capture::kOutputAndErrors,
                                                const OutputWatcher& watcher = nullptr);

// The same, for a program that differs only in its arguments and environment.
[[nodiscard]] Result<ProcessResult> run_process(const std::vector<std::string>& arguments,
                                                const std::vector<std::string>& environment,
                                                const OutputWatcher& watcher = nullptr);

// The path of a program: `name` if it contains a slash, else the first match in PATH.
//
// Errors: PATH has no such program; the message names it.
[[nodiscard]] Result<std::string> find_program(const std::string& name);

// Arguments or an environment as execve() takes them, with a null pointer at the end. They point
// into `strings`.
[[nodiscard]] std::vector<char*> c_strings(const std::vector<std::string>& strings);

}  // namespace kmod::base

#endif  // KMOD_RULES_PRIVATE_BASE_PROCESS_H_
