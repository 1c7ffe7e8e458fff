// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/module_step.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <new>

#include "kmod_rules/private/base/monotonic_clock.h"

namespace kmod::vm {
namespace {

// How long a reference to a module may outlive the programs that used it.
constexpr std::uint64_t kReferenceGraceUs = 1'000'000;

// The errno of a system call of modules, or the negative of what it returned instead: the kernel
// passes on what the init of a module returns. glibc takes only -4095 to -1 for an errno.
int error_of(long status) {
  if (status == -1) return errno;
  return static_cast<int>(-status);
}

StepResult load(const PlannedModule& module) {
  const int file = open(module.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {StepOutcome::kNoFile, errno, 0};
  const std::uint64_t begin = base::monotonic_us();
  const long status = syscall(SYS_finit_module, file, module.parameters.c_str(), 0);
  const int error = error_of(status);
  return {StepOutcome::kReturned, error, base::monotonic_us() - begin};
}

StepResult unload(const PlannedModule& module) {
  const std::uint64_t began = base::monotonic_us();
  for (;;) {
    const std::uint64_t begin = base::monotonic_us();
    const long status = syscall(SYS_delete_module, module.name.c_str(), O_NONBLOCK);
    const int error = error_of(status);
    const std::uint64_t now = base::monotonic_us();
    // The kernel drops some references late, such as those to files that io_uring used.
    if (error != EWOULDBLOCK || now - began > kReferenceGraceUs) {
      return {StepOutcome::kReturned, error, now - begin};
    }
    usleep(20'000);
  }
}

}  // namespace

ModuleStep::ModuleStep(StepKind kind, const PlannedModule& module) {
  void* memory =
      mmap(nullptr, sizeof(StepResult), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    start_error_ = errno;
    return;
  }
  shared_ = new (memory) StepResult;
  pid_ = fork();
  if (pid_ < 0) {
    start_error_ = errno;
    return;
  }
  if (pid_ == 0) {
    *shared_ = kind == StepKind::kLoad ? load(module) : unload(module);
    _exit(0);
  }
  pid_fd_ = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
}

ModuleStep::~ModuleStep() {
  if (pid_fd_ >= 0) close(pid_fd_);
  if (shared_ != nullptr) munmap(shared_, sizeof(StepResult));
}

StepResult ModuleStep::wait() {
  if (pid_ < 0) return {StepOutcome::kReturned, start_error_, 0};
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) return {StepOutcome::kDied, WTERMSIG(status), 0};
  return *shared_;
}

}  // namespace kmod::vm
