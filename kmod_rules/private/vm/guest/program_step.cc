// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/program_step.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "kmod_rules/private/base/monotonic_clock.h"

namespace kmod::vm {
namespace {

constexpr int kMaxReapMs = 1000;

void drop_ptrace_capability() {
  prctl(PR_CAPBSET_DROP, CAP_SYS_PTRACE, 0, 0, 0);
  __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {};
  if (syscall(SYS_capget, &header, data) != 0) return;
  for (std::uint32_t* set : {&data[0].effective, &data[0].permitted, &data[0].inheritable}) {
    *set &= ~(1U << CAP_SYS_PTRACE);
  }
  syscall(SYS_capset, &header, data);
}

// Runs in the child. Gives the errno of the call that failed.
int execute(const PlannedProgram& program, const std::string& directory,
            const std::vector<std::string>& arguments, int output) {
  // A session of its own: no signal of the program's terminal reaches init, or the reverse.
  setsid();
  const int input = open("/dev/null", O_RDONLY);
  if (input < 0 || dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0) return errno;
  if (chdir(directory.c_str()) != 0) return errno;
  drop_ptrace_capability();

  std::vector<std::string> words = {program.path};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  // The variables that programs look for in a test of Bazel.
  const std::size_t slash = directory.rfind('/');
  std::vector<std::string> variables = {
      "HOME=/tmp",
      "PATH=/kmod/programs",
      "TERM=dumb",
      "TEST_SRCDIR=" + directory.substr(0, slash == std::string::npos ? 0 : slash),
      "TEST_TMPDIR=/tmp",
      "TEST_WORKSPACE=" + directory.substr(slash == std::string::npos ? 0 : slash + 1),
      "TMPDIR=/tmp",
  };
  std::vector<char*> environment;
  environment.reserve(variables.size() + 1);
  for (std::string& variable : variables) environment.push_back(variable.data());
  environment.push_back(nullptr);
  execve(program.path.c_str(), argv.data(), environment.data());
  return errno;
}

}  // namespace

ProgramStep::ProgramStep(const PlannedProgram& program, const std::string& directory,
                         const std::vector<std::string>& arguments)
    : began_us_(base::monotonic_us()) {
  void* memory =
      mmap(nullptr, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int ends[2] = {-1, -1};
  if (memory == MAP_FAILED || pipe2(ends, O_CLOEXEC) != 0) {
    own_error_ = errno;
    return;
  }
  start_error_ = static_cast<int*>(memory);
  output_ = ends[0];
  fcntl(output_, F_SETFL, O_NONBLOCK);
  pid_ = fork();
  if (pid_ == 0) {
    *start_error_ = execute(program, directory, arguments, ends[1]);
    _exit(127);
  }
  if (pid_ < 0) own_error_ = errno;
  close(ends[1]);
  if (pid_ > 0) pid_fd_ = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
}

ProgramStep::~ProgramStep() {
  if (pid_fd_ >= 0) close(pid_fd_);
  if (output_ >= 0) close(output_);
  if (start_error_ != nullptr) munmap(start_error_, sizeof(int));
}

void ProgramStep::kill_all() {
  // From init, -1 means all processes except init.
  kill(-1, SIGKILL);
}

StepResult ProgramStep::wait() {
  if (pid_ < 0) return {StepOutcome::kNoFile, own_error_, 0};
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  const std::uint64_t duration_us = base::monotonic_us() - began_us_;
  kill_all();
  // Does not wait for a process that the kernel does not let go: what it holds shows soon enough.
  for (int left = kMaxReapMs; left > 0; --left) {
    const pid_t reaped = waitpid(-1, nullptr, WNOHANG);
    if (reaped < 0 && errno == ECHILD) break;
    if (reaped == 0) usleep(1000);
  }
  if (*start_error_ != 0) return {StepOutcome::kNoFile, *start_error_, duration_us};
  if (WIFSIGNALED(status)) return {StepOutcome::kDied, WTERMSIG(status), duration_us};
  return {StepOutcome::kReturned, WEXITSTATUS(status), duration_us};
}

}  // namespace kmod::vm
