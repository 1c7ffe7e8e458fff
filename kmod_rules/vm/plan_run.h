// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef KMOD_RULES_VM_PLAN_RUN_H_
#define KMOD_RULES_VM_PLAN_RUN_H_

#include <cstdint>

#include "kmod_rules/vm/guest_port.h"
#include "kmod_rules/vm/kmsg_reader.h"
#include "kmod_rules/vm/module_step.h"
#include "kmod_rules/vm/plan.h"

namespace kmod::vm {

// Carries out a plan in the guest and tells the host about it: the kernel log up to each event
// comes before the event.
class PlanRun {
 public:
  PlanRun(GuestPort& port, KmsgReader& kmsg) : port_(port), kmsg_(kmsg) {}

  // All cycles of the plan. Stops early if a step kills its process: the module is then half in the
  // kernel, perhaps with locks held, and what would follow says nothing about it.
  void run(const Plan& plan);

  // Something that init could not do. The run goes on to its end record.
  void report_error(std::string text);

  void report_taint(TaintWhen when);

  // Sends what is left of the log and the end record, and waits until it has left the machine.
  void finish();

 private:
  bool run_cycle(const Plan& plan, std::uint32_t cycle);
  StepResult run_step(StepKind kind, std::uint32_t cycle, const PlannedModule& module);
  void forward_log();

  GuestPort& port_;
  KmsgReader& kmsg_;
  std::uint32_t log_records_ = 0;
  std::uint32_t steps_ = 0;
};

}  // namespace kmod::vm

#endif  // KMOD_RULES_VM_PLAN_RUN_H_
