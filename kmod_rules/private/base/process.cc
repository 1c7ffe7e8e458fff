// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/base/process.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

#include "kmod_rules/private/base/text.h"

namespace kmod::base {
namespace {

constexpr int kCannotStart = 127;

// What the new process reports through a pipe if the program cannot start.
struct Failure {
  int error = 0;
  bool directory = false;  // the working directory is at fault
};

// Launchers may leave signals ignored or blocked; make and its children expect neither.
void reset_signals() {
  for (int number = 1; number < NSIG; ++number) std::signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Gives `files` the numbers from 0 on and closes all other descriptors except `report`, which it
// moves. Returns whether that succeeded; errno has the reason.
bool place_files(const std::vector<int>& files, int& report) {
  const int count = static_cast<int>(files.size());
  // A source may be the target of another file: copy all of them out of the way first.
  std::vector<int> copies;
  copies.reserve(files.size());
  for (const int file : files) {
    const int source = file == kNullFile ? open("/dev/null", O_RDWR | O_CLOEXEC) : file;
    copies.push_back(fcntl(source, F_DUPFD_CLOEXEC, count));
    if (copies.back() < 0) return false;
  }
  for (int number = 0; number < count; ++number) {
    if (dup2(copies[static_cast<std::size_t>(number)], number) < 0) return false;
  }
  if (report != count && dup3(report, count, O_CLOEXEC) < 0) return false;
  report = count;
  closefrom(count + 1);
  return true;
}

// Runs in the new process.
[[noreturn]] void become(const Command& command, char* const* arguments, char* const* environment,
                         pid_t parent, int report) {
  const auto fail = [&report](int error, bool directory = false) {
    const Failure failure = {error, directory};
    static_cast<void>(write(report, &failure, sizeof(failure)));
    _exit(kCannotStart);
  };
  // Placing the files must not overwrite the pipe.
  report = fcntl(report, F_DUPFD_CLOEXEC, static_cast<int>(command.files.size()));
  if (report < 0) _exit(kCannotStart);
  reset_signals();
  if (command.new_session && setsid() < 0) fail(errno);
  if (command.die_with_parent) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) fail(errno);
    if (getppid() != parent) fail(ESRCH);  // it ended before the call above
  }
  if (!command.directory.empty() && chdir(command.directory.c_str()) != 0) fail(errno, true);
  if (command.prepare) {
    if (const int error = command.prepare(); error != 0) fail(error);
  }
  if (!place_files(command.files, report)) fail(errno);
  execve(arguments[0], arguments, environment);
  fail(errno);
  std::abort();
}

ProcessEnd decode(int status) {
  if (WIFSIGNALED(status)) return {.exit_code = 0, .signal = WTERMSIG(status)};
  return {.exit_code = WEXITSTATUS(status), .signal = 0};
}

// Reads the descriptor to its end; gives each state of the text to `watch`.
std::string read_watched(int descriptor, const std::function<void(const std::string&)>& watch) {
  std::string text;
  char buffer[4096];
  for (;;) {
    const ssize_t count = read(descriptor, buffer, sizeof(buffer));
    if (count > 0) {
      text.append(buffer, static_cast<std::size_t>(count));
      if (watch) watch(text);
    }
    if (count == 0 || (count < 0 && errno != EINTR)) return text;
  }
}

}  // namespace

std::string ProcessEnd::describe() const {
  if (signal == 0) return fmt::format("exited with {}", exit_code);
  return fmt::format("was killed by signal {} ({})", signal, strsignal(signal));
}

Result<Pipe> make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    return std::unexpected(fmt::format("cannot create a pipe: {}", std::strerror(errno)));
  }
  return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

std::string read_to_end(int descriptor) { return read_watched(descriptor, nullptr); }

Process::Process(pid_t pid)
    : pid_(pid), descriptor_(static_cast<int>(syscall(SYS_pidfd_open, pid, 0))) {}

Result<Process> Process::start(const Command& command, int* error_number) {
  const auto cannot_start = [&](int error, const std::string& what) {
    if (error_number != nullptr) *error_number = error;
    return std::unexpected(fmt::format("cannot start {}: {}", what, std::strerror(error)));
  };
  const std::string& program = command.arguments.at(0);
  auto report = make_pipe();
  if (!report) return cannot_start(errno, program);
  const std::vector<char*> arguments = c_strings(command.arguments);
  const std::vector<char*> environment = c_strings(command.environment);
  // What this process has printed must precede what the program prints.
  std::fflush(nullptr);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid < 0) return cannot_start(errno, program);
  if (pid == 0) {
    become(command, arguments.data(), environment.data(), parent, report->write.get());
  }
  Process process(pid);
  report->write.close();
  const std::string reported = read_to_end(report->read.get());
  Failure failure;
  if (reported.size() == sizeof(failure)) {
    std::memcpy(&failure, reported.data(), sizeof(failure));
    return cannot_start(failure.error, failure.directory
                                           ? fmt::format("{} in {}", program, command.directory)
                                           : program);
  }
  return process;
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)),
      descriptor_(std::move(other.descriptor_)),
      end_(other.end_) {}

Process& Process::operator=(Process&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(end_, other.end_);
  descriptor_ = std::move(other.descriptor_);
  return *this;
}

std::optional<ProcessEnd> Process::poll_end() {
  int status = 0;
  if (pid_ > 0) {
    const pid_t ended = waitpid(pid_, &status, WNOHANG);
    if (ended == 0 || (ended < 0 && errno == EINTR)) return std::nullopt;
    if (ended == pid_) end_ = decode(status);
    pid_ = 0;
  }
  return end_;
}

ProcessEnd Process::wait() {
  int status = 0;
  if (pid_ > 0) {
    pid_t ended = 0;
    do {
      ended = waitpid(pid_, &status, 0);
    } while (ended < 0 && errno == EINTR);
    if (ended == pid_) end_ = decode(status);
    pid_ = 0;
  }
  return end_;
}

void Process::kill() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  wait();
}

pid_t Process::release() { return std::exchange(pid_, 0); }

Result<ProcessResult> run_process(const Command& command, Capture capture,
                                  const OutputWatcher& watcher) {
  Command started = command;
  Pipe pipe;
  if (capture != Capture::kNothing) {
    pipe = KMOD_TRY(make_pipe());
    started.files.resize(std::max<std::size_t>(started.files.size(), 3), kNullFile);
    started.files[STDOUT_FILENO] = pipe.write.get();
    if (capture == Capture::kOutputAndErrors) started.files[STDERR_FILENO] = pipe.write.get();
  }
  Process process = KMOD_TRY(Process::start(started));
  ProcessResult result;
  if (capture != Capture::kNothing) {
    pipe.write.close();
    result.output = read_watched(pipe.read.get(), [&](const std::string& text) {
      if (watcher) watcher(process.pid(), text);
    });
  }
  static_cast<ProcessEnd&>(result) = process.wait();
  return result;
}

Result<ProcessResult> run_process(const std::vector<std::string>& arguments,
                                  const std::vector<std::string>& environment,
                                  const OutputWatcher& watcher) {
  return run_process(Command{.arguments = arguments, .environment = environment},
                     Capture::kOutputAndErrors, watcher);
}

Result<std::string> find_program(const std::string& name) {
  if (name.contains('/')) return name;
  const char* const path = std::getenv("PATH");
  for (const std::string_view directory : split(path != nullptr ? path : "", ':')) {
    std::string candidate = fmt::format("{}/{}", directory, name);
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return std::unexpected(fmt::format("PATH has no program {}", name));
}

std::vector<char*> c_strings(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  result.reserve(strings.size() + 1);
  for (const std::string& string : strings) {
    // execve() takes pointers to mutable characters and changes none of them.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
    result.push_back(const_cast<char*>(string.c_str()));
  }
  result.push_back(nullptr);
  return result;
}

}  // namespace kmod::base
