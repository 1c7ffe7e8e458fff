// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_PROGRAM_STEP_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_PROGRAM_STEP_H_

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/guest/module_step.h"
#include "kmod_rules/private/vm/wire/guest_plan.h"

namespace kmod::vm {

// One run of a guest program, with its standard output and error in a pipe and no input. It does
// not use base::Process, whose {fmt} would add 1.1 MB to an init of 1.8 MB.
//
// It runs as root, as most users of a driver's devices do, but without CAP_SYS_PTRACE: it must not
// read init's memory, which holds the nonce of the run.
class ProgramStep {
 public:
  // Starts the program in `directory`.
  ProgramStep(const PlannedProgram& program, const std::string& directory,
              const std::vector<std::string>& arguments);

  ProgramStep(const ProgramStep&) = delete;
  ProgramStep& operator=(const ProgramStep&) = delete;
  ~ProgramStep();

  // For poll(): readable when the program has ended. -1 if it could not be started.
  [[nodiscard]] int fd() const { return pid_fd_; }

  [[nodiscard]] pid_t pid() const { return pid_; }

  // Its output, non-blocking. -1 if there is no pipe.
  [[nodiscard]] int output() const { return output_; }

  // Waits for the end of the program and kills the processes that it has left.
  [[nodiscard]] StepResult wait();

  // Kills the program and the processes that it has started. One that is stuck in the kernel stays.
  static void kill_all();

 private:
  pid_t pid_ = -1;
  int pid_fd_ = -1;
  int output_ = -1;
  int* start_error_ = nullptr;  // shared with the child
  int own_error_ = 0;
  std::uint64_t began_us_ = 0;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_PROGRAM_STEP_H_
