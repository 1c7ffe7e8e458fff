// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_PRIVATE_VM_GUEST_PLAN_RUN_H_
#define KMOD_RULES_PRIVATE_VM_GUEST_PLAN_RUN_H_

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kmod_rules/private/vm/guest/guest_port.h"
#include "kmod_rules/private/vm/guest/kmsg_reader.h"
#include "kmod_rules/private/vm/guest/leak_probe.h"
#include "kmod_rules/private/vm/guest/module_step.h"
#include "kmod_rules/private/vm/guest/module_watch.h"
#include "kmod_rules/private/vm/wire/guest_plan.h"

namespace kmod::vm {

// Carries out a plan in the guest and reports it to the host: the kernel log up to each event comes
// before the event.
class PlanRun {
 public:
  // `start` is the host's answer, which has just arrived.
  PlanRun(GuestPort& port, KmsgReader& kmsg, const StartMessage& start);

  // All cycles of the plan. Stops early if a step on a module kills its process, which leaves the
  // module half in the kernel, perhaps with locks held, or at the time limit: later steps would
  // show nothing about the modules.
  void run(const Plan& plan);

  // Reports an error of init. The run continues to its end record.
  void report_error(std::string text);

  void report_taint(TaintWhen when);

  // Sends the rest of the log and the end record, and waits until they have left the VM.
  void finish();

 private:
  // Memory that is a leak if another cycle takes it again.
  struct Suspect {
    std::uint32_t cycle = 0;
    std::uint32_t index = 0;  // of its message
    Leak leak = {};
    bool is_leak = false;
  };

  // The process of a step.
  struct Running {
    int fd;      // readable when it has ended; -1 if it could not be started
    int output;  // what it writes, or -1
    pid_t pid;
  };

  bool load_stock(const Plan& plan);
  void unload_stock(const Plan& plan);
  bool run_cycle(const Plan& plan, std::uint32_t cycle);
  // Repeats the cycle until all allocations of the modules have failed, one a cycle.
  bool fail_allocations(const Plan& plan, std::uint32_t cycle);
  StepResult take_module_step(StepKind kind, std::uint32_t cycle, const PlannedModule& module);
  StepResult run_module_step(StepKind kind, std::uint32_t cycle, const PlannedModule& module);
  StepResult run_program(const Plan& plan, std::uint32_t cycle, const PlannedProgram& program);
  [[nodiscard]] bool is_time_left(const Step& step);
  void begin_step(const Step& step);
  [[nodiscard]] bool watch(const Running& running);
  StepResult time_out(const Running& running);
  void end_step(const Step& step, const StepResult& result);
  void report_leak(std::uint32_t cycle, const Leak& leak);
  void report_leaks(const Plan& plan, std::uint32_t cycle);
  // Repeats the last cycle if that has to tell whether the suspects are leaks. False if the run
  // ends there.
  bool check_suspects(const Plan& plan);
  void report_left_calls(std::uint32_t cycle);
  // Reports what kmemleak finds, if the kernel has it and nothing else was left.
  void report_unreachable(const Plan& plan);
  void forward_log();

  GuestPort& port_;
  KmsgReader& kmsg_;
  std::optional<LeakProbe> probe_;  // from when the modules under test are loaded next
  ModuleWatch watch_;
  std::vector<Suspect> suspects_;
  std::uint64_t deadline_us_;
  std::vector<std::string> programs_;
  std::vector<std::string> program_arguments_;
  std::uint64_t step_began_us_ = 0;
  std::uint32_t log_records_ = 0;
  std::uint32_t steps_ = 0;
  std::uint32_t leaks_ = 0;
  std::uint32_t cleared_leaks_ = 0;
  std::uint32_t failures_ = 0;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_PRIVATE_VM_GUEST_PLAN_RUN_H_
