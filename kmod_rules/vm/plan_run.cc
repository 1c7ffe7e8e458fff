// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/vm/plan_run.h"

#include <poll.h>
#include <unistd.h>

#include <charconv>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kmod_rules/private/tools/file.h"
#include "kmod_rules/private/tools/lines.h"
#include "kmod_rules/vm/monotonic_clock.h"

namespace kmod::vm {
namespace {

constexpr int kHeartbeatMs = 1000;

bool is_listed(const std::string& module) {
  const auto modules = tools::read_file("/proc/modules");
  if (!modules) return false;
  for (std::string_view line : tools::split_lines(*modules)) {
    if (line.starts_with(module + " ")) return true;
  }
  return false;
}

// The frames of a kernel stack, one a line. Empty if the process has just ended.
std::string kernel_stack(pid_t pid) {
  return tools::read_file("/proc/" + std::to_string(pid) + "/stack").value_or("");
}

}  // namespace

void PlanRun::forward_log() {
  // Many records in a frame: its header would else be a third of what the serial port has to carry.
  constexpr std::size_t kBatchSize = std::size_t{16} * 1024;
  KernelLogMessage batch;
  std::size_t size = 0;
  while (auto record = kmsg_.next()) {
    size += record->size();
    batch.records.push_back(std::move(*record));
    ++log_records_;
    if (size < kBatchSize) continue;
    port_.send(batch);
    batch.records.clear();
    size = 0;
  }
  if (!batch.records.empty()) port_.send(batch);
}

StepResult PlanRun::run_step(StepKind kind, std::uint32_t cycle, const PlannedModule& module) {
  forward_log();
  port_.send(StepBeginMessage{{kind, cycle, module.name}});
  // The step may be the last thing that this kernel does.
  port_.flush();
  port_.drain();

  const std::uint64_t begin = monotonic_us();
  ModuleStep step(kind, module);
  for (;;) {
    pollfd events[] = {{step.fd(), POLLIN, 0}, {kmsg_.fd(), POLLIN, 0}};
    const int ready = poll(events, 2, kHeartbeatMs);
    if (step.fd() < 0 || (ready > 0 && events[0].revents != 0)) break;
    forward_log();
    if (ready == 0) {
      port_.send(HeartbeatMessage{monotonic_us() - begin, kernel_stack(step.pid())});
    }
    port_.flush();
  }
  StepResult result = step.wait();
  if (kind == StepKind::unload && result.outcome == StepOutcome::returned && result.code == 0 &&
      is_listed(module.name)) {
    result.outcome = StepOutcome::still_listed;
  }
  forward_log();
  port_.send(
      StepEndMessage{{kind, cycle, module.name}, result.outcome, result.code, result.duration_us});
  ++steps_;
  return result;
}

bool PlanRun::run_cycle(const Plan& plan, std::uint32_t cycle) {
  std::vector<const PlannedModule*> loaded;
  for (const PlannedModule& module : plan.modules) {
    const StepResult result = run_step(StepKind::load, cycle, module);
    if (result.outcome == StepOutcome::died) return false;
    if (result.outcome == StepOutcome::returned && result.code == 0) loaded.push_back(&module);
  }
  for (; !loaded.empty(); loaded.pop_back()) {
    const StepResult result = run_step(StepKind::unload, cycle, *loaded.back());
    if (result.outcome == StepOutcome::died) return false;
  }
  return true;
}

void PlanRun::run(const Plan& plan) {
  for (std::uint32_t cycle = 0; cycle <= plan.reloads; ++cycle) {
    if (!run_cycle(plan, cycle)) return;
  }
}

void PlanRun::report_error(std::string text) { port_.send(GuestErrorMessage{std::move(text)}); }

void PlanRun::report_taint(TaintWhen when) {
  constexpr const char* kTainted = "/proc/sys/kernel/tainted";
  TaintMessage message{when, 0};
  const auto text = tools::read_file(kTainted);
  if (!text) return report_error(text.error());
  const char* end = text->data() + text->size();
  if (std::from_chars(text->data(), end, message.mask).ec != std::errc()) {
    return report_error(std::string(kTainted) + " holds \"" + *text + "\", which is no number");
  }
  forward_log();
  port_.send(message);
}

void PlanRun::finish() {
  forward_log();
  port_.send(EndMessage{log_records_, steps_, monotonic_us()});
  port_.flush();
  port_.drain();
}

}  // namespace kmod::vm
