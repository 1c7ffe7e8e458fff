// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_MODULE_STEP_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_MODULE_STEP_H_

#include <sys/types.h>

#include <cstdint>

#include "kmod_rules/private/vm/wire/guest_plan.h"
#include "kmod_rules/private/vm/wire/messages.h"

namespace kmod::vm {

struct StepResult {
  StepOutcome outcome = StepOutcome::kReturned;
  std::int32_t code = 0;
  std::uint64_t duration_us = 0;
};

// One load or unload, in a child process: an oops in the module's code kills the process that runs
// it, which must not be init.
class ModuleStep {
 public:
  // Starts the child.
  ModuleStep(StepKind kind, const PlannedModule& module);

  ModuleStep(const ModuleStep&) = delete;
  ModuleStep& operator=(const ModuleStep&) = delete;
  ~ModuleStep();

  // For poll(): readable when the child has ended. -1 if it could not be started.
  [[nodiscard]] int fd() const { return pid_fd_; }

  [[nodiscard]] pid_t pid() const { return pid_; }

  // Waits for the child.
  [[nodiscard]] StepResult wait();

 private:
  pid_t pid_ = -1;
  int pid_fd_ = -1;
  StepResult* shared_ = nullptr;  // written by the child
  int start_error_ = 0;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_MODULE_STEP_H_
