// SPDX-License-Identifier: MIT OR GPL-2.0-only
#include "kmod_rules/private/vm/guest/plan_run.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <optional>
#include <ranges>
#include <string_view>
#include <utility>

#include "kmod_rules/private/base/file.h"
#include "kmod_rules/private/base/monotonic_clock.h"
#include "kmod_rules/private/base/text.h"
#include "kmod_rules/private/vm/guest/loaded_module.h"
#include "kmod_rules/private/vm/guest/program_step.h"
#include "kmod_rules/private/vm/guest/slab_validation.h"
#include "kmod_rules/private/vm/guest/unreachable_memory.h"
#include "kmod_rules/private/vm/wire/output_limit.h"

namespace kmod::vm {
namespace {

constexpr std::uint64_t kHeartbeatUs = 1'000'000;
// The part of a program's output that goes to the host.
constexpr std::size_t kOutputHead = std::size_t{256} * 1024;
constexpr std::size_t kOutputTail = std::size_t{64} * 1024;

// The frames of a kernel stack, one a line. Empty if the process has just ended.
std::string kernel_stack(pid_t pid) {
  return base::read_file("/proc/" + std::to_string(pid) + "/stack").value_or("");
}

// Makes the kernel log the stacks of tasks that wait uninterruptibly, and of each CPU.
void dump_stacks() {
  for (const char* command : {"w", "l"}) {
    const int trigger = open("/proc/sysrq-trigger", O_WRONLY | O_CLOEXEC);
    if (trigger < 0) return;
    [[maybe_unused]] const ssize_t written = write(trigger, command, 1);
    close(trigger);
  }
}

bool has_succeeded(const StepResult& result) {
  return result.outcome == StepOutcome::kReturned && result.code == 0;
}

// Memory that the kernel allocated for a module that is known is not yet a leak: caches such as
// that of neighbours on a network fill once.
bool may_be_kept_by_kernel(const Leak& leak) {
  return leak.by_kernel &&
         std::ranges::none_of(leak.stack, &std::string::empty, &ModuleAddress::module);
}

bool is_same_site(const Leak& a, const Leak& b) {
  return a.kind == b.kind &&
         std::ranges::equal(a.stack, b.stack, [](const ModuleAddress& x, const ModuleAddress& y) {
           return x.module == y.module && x.section == y.section && x.offset == y.offset;
         });
}

bool stops(const StepResult& result) {
  return result.outcome == StepOutcome::kDied || result.outcome == StepOutcome::kTimedOut;
}

}  // namespace

PlanRun::PlanRun(GuestPort& port, KmsgReader& kmsg, const StartMessage& start)
    : port_(port),
      kmsg_(kmsg),
      deadline_us_(base::monotonic_us() + start.time_limit_us),
      programs_(start.programs),
      program_arguments_(start.program_arguments) {}

void PlanRun::forward_log() {
  // A frame holds many records: otherwise a third of the bytes on the serial port were headers.
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

bool PlanRun::is_time_left(const Step& step) {
  if (base::monotonic_us() < deadline_us_) return true;
  // Not a hang: the steps before it have ended.
  report_error("had no time left for " + step.name +
               ": give the test a longer timeout, or run fewer tests at a time");
  return false;
}

void PlanRun::begin_step(const Step& step) {
  forward_log();
  port_.send(StepBeginMessage{step});
  // The kernel may not survive the step.
  port_.flush();
  port_.drain();
  step_began_us_ = base::monotonic_us();
}

bool PlanRun::watch(const Running& running) {
  OutputLimit limit(kOutputHead, kOutputTail);
  const auto forward_output = [&] {
    char buffer[16 * 1024];
    ssize_t size = 0;
    while (running.output >= 0 && (size = read(running.output, buffer, sizeof(buffer))) > 0) {
      const std::string_view head = limit.feed({buffer, static_cast<std::size_t>(size)});
      if (!head.empty()) port_.send(ProgramOutputMessage{std::string(head)});
    }
    return size;
  };
  std::uint64_t next_heartbeat_us = step_began_us_ + kHeartbeatUs;
  bool output_open = running.output >= 0;
  bool ended = running.fd < 0;
  while (!ended && base::monotonic_us() < deadline_us_) {
    const std::uint64_t now = base::monotonic_us();
    const std::uint64_t due = std::min(next_heartbeat_us, deadline_us_);
    pollfd events[] = {{running.fd, POLLIN, 0},
                       {kmsg_.fd(), POLLIN, 0},
                       {output_open ? running.output : -1, POLLIN, 0}};
    const int ready = poll(events, 3, due > now ? static_cast<int>((due - now) / 1000 + 1) : 0);
    ended = ready > 0 && events[0].revents != 0;
    forward_log();
    if (output_open && forward_output() == 0) output_open = false;
    if (!ended && base::monotonic_us() >= next_heartbeat_us) {
      port_.send(
          HeartbeatMessage{base::monotonic_us() - step_began_us_, kernel_stack(running.pid)});
      next_heartbeat_us += kHeartbeatUs;
    }
    port_.flush();
  }
  forward_output();
  if (std::string rest = limit.finish(); !rest.empty()) {
    port_.send(ProgramOutputMessage{std::move(rest)});
  }
  return ended;
}

StepResult PlanRun::time_out(const Running& running) {
  const std::uint64_t elapsed_us = base::monotonic_us() - step_began_us_;
  port_.send(HeartbeatMessage{elapsed_us, kernel_stack(running.pid)});
  dump_stacks();
  return {StepOutcome::kTimedOut, 0, elapsed_us};
}

void PlanRun::end_step(const Step& step, const StepResult& result) {
  forward_log();
  port_.send(StepEndMessage{step, result.outcome, result.code, result.duration_us});
  ++steps_;
}

StepResult PlanRun::take_module_step(StepKind kind, std::uint32_t cycle,
                                     const PlannedModule& module) {
  const Step step{kind, cycle, module.name};
  if (!is_time_left(step)) return {StepOutcome::kTimedOut, 0, 0};
  begin_step(step);
  ModuleStep process(kind, module);
  const Running running{process.fd(), -1, process.pid()};
  StepResult result = watch(running) ? process.wait() : time_out(running);
  if (kind == StepKind::kUnload && has_succeeded(result) && is_module_loaded(module.name)) {
    result.outcome = StepOutcome::kStillListed;
  }
  end_step(step, result);
  return result;
}

StepResult PlanRun::run_module_step(StepKind kind, std::uint32_t cycle,
                                    const PlannedModule& module) {
  const StepResult result = take_module_step(kind, cycle, module);
  if (kind == StepKind::kUnload && has_succeeded(result)) watch_.module_went();
  report_left_calls(cycle);
  if (kind == StepKind::kLoad) {
    if (!has_succeeded(result)) {
      probe_->module_refused();
    } else {
      // If the kernel does not tell where a module is, its leaks are found, but without names.
      (void)probe_->module_loaded(module.name, module.path);
      port_.send(ModuleSectionsMessage{module.name, module_sections(module.name)});
    }
  }
  return result;
}

StepResult PlanRun::run_program(const Plan& plan, std::uint32_t cycle,
                                const PlannedProgram& program) {
  const Step step{StepKind::kProgram, cycle, program.name};
  if (!is_time_left(step)) return {StepOutcome::kTimedOut, 0, 0};
  begin_step(step);
  ProgramStep process(program, plan.directory, program_arguments_);
  const Running running{process.fd(), process.output(), process.pid()};
  const bool ended = watch(running);
  const StepResult result = ended ? process.wait() : time_out(running);
  if (!ended) ProgramStep::kill_all();
  end_step(step, result);
  return result;
}

void PlanRun::report_leak(std::uint32_t cycle, const Leak& leak) {
  port_.send(LeakMessage{cycle, what(leak), leak.stack});
  ++leaks_;
}

void PlanRun::report_leaks(const Plan& plan, std::uint32_t cycle) {
  for (Leak& leak : probe_->after()) {
    const auto suspect = std::ranges::find_if(
        suspects_, [&leak](const Suspect& other) { return is_same_site(other.leak, leak); });
    const bool is_again = suspect != suspects_.end();
    if (is_again) suspect->is_leak = true;
    const bool may_be_kept = !is_again && may_be_kept_by_kernel(leak);
    // There is no further cycle that could tell.
    if (may_be_kept && cycle == repeated_cycle(plan.reloads)) continue;
    report_leak(cycle, leak);
    if (may_be_kept && cycle <= plan.reloads) {
      suspects_.push_back({cycle, leaks_ - 1, std::move(leak), false});
    }
  }
}

bool PlanRun::check_suspects(const Plan& plan) {
  // With another leak, the test fails in any case, and a second time a module that has left
  // something may do harm.
  if (suspects_.empty() || suspects_.size() != leaks_) return true;
  if (suspects_.back().cycle == plan.reloads && !run_cycle(plan, repeated_cycle(plan.reloads))) {
    return false;
  }
  ClearedLeaksMessage message;
  for (const Suspect& suspect : suspects_) {
    if (!suspect.is_leak) message.indices.push_back(suspect.index);
  }
  if (!message.indices.empty()) port_.send(message);
  cleared_leaks_ = static_cast<std::uint32_t>(message.indices.size());
  return true;
}

void PlanRun::report_left_calls(std::uint32_t cycle) {
  for (std::string& text : watch_.look()) {
    port_.send(LeakMessage{cycle, std::move(text), {}});
    ++leaks_;
  }
}

void PlanRun::report_unreachable(const Plan& plan) {
  // What a loaded module holds is reachable, and other leaks say more of the same memory.
  if (plan.keep || leaks_ != cleared_leaks_ || !has_kmemleak()) return;
  const std::uint64_t before = base::monotonic_us();
  auto found = std::async(std::launch::async, [this] { return probe_->unreachable(); });
  while (found.wait_for(std::chrono::microseconds(kHeartbeatUs)) != std::future_status::ready) {
    forward_log();
    port_.send(HeartbeatMessage{base::monotonic_us() - before, ""});
    port_.flush();
  }
  for (const Leak& leak : found.get()) {
    port_.send(LeakMessage{plan.reloads, what(leak), leak.stack, true});
    ++leaks_;
  }
  // Its time is not that of a step.
  deadline_us_ += base::monotonic_us() - before;
}

bool PlanRun::load_stock(const Plan& plan) {
  for (const PlannedModule& module : plan.stock) {
    const StepResult result = take_module_step(StepKind::kLoad, 0, module);
    if (!has_succeeded(result) && (!module.may_fail || stops(result))) return false;
  }
  return true;
}

void PlanRun::unload_stock(const Plan& plan) {
  for (const PlannedModule& module : std::views::reverse(plan.stock)) {
    if (stops(take_module_step(StepKind::kUnload, 0, module))) return;
  }
}

bool PlanRun::run_cycle(const Plan& plan, std::uint32_t cycle) {
  std::vector<const PlannedModule*> loaded;
  for (const PlannedModule& module : plan.modules) {
    const StepResult result = run_module_step(StepKind::kLoad, cycle, module);
    if (stops(result)) return false;
    if (has_succeeded(result)) loaded.push_back(&module);
  }
  for (const PlannedProgram& program : plan.programs) {
    if (std::ranges::find(programs_, program.name) == programs_.end()) continue;
    if (run_program(plan, cycle, program).outcome == StepOutcome::kTimedOut) return false;
  }
  if (plan.keep) return true;
  bool stayed = false;
  for (; !loaded.empty(); loaded.pop_back()) {
    if (stops(run_module_step(StepKind::kUnload, cycle, *loaded.back()))) return false;
    stayed = stayed || is_module_loaded(loaded.back()->name);
  }
  // What a loaded module holds is not a leak.
  if (!stayed) report_leaks(plan, cycle);
  return true;
}

bool PlanRun::fail_allocations(const Plan& plan, std::uint32_t cycle) {
  bool has_failed = true;
  for (std::uint64_t number = 1; has_failed; ++number, ++cycle) {
    if (const auto status = watch_.fail_allocation(number); !status) {
      report_error("no allocation can be made to fail: " + status.error());
      return false;
    }
    if (!run_cycle(plan, cycle)) return false;
    report_left_calls(cycle);
    has_failed = !watch_.failed_allocation().empty();
    port_.send(FailingCycleMessage{cycle, watch_.failed_allocation()});
    ++failures_;
  }
  return watch_.fail_allocation(0).has_value();
}

void PlanRun::run(const Plan& plan) {
  if (!load_stock(plan)) return;
  // After the stock modules, whose init functions would keep their names otherwise (kmod_watch.c).
  // Its time is not that of a step.
  const std::uint64_t before = base::monotonic_us();
  if (plan.watch) watch_.start(*plan.watch);
  deadline_us_ += base::monotonic_us() - before;
  // What the kernel's own modules and this one made is not the modules'.
  probe_ = plan.stock.empty() ? LeakProbe::before() : LeakProbe::before_settled();
  for (std::uint32_t cycle = 0; cycle <= plan.reloads; ++cycle) {
    if (!run_cycle(plan, cycle)) return;
  }
  if (!check_suspects(plan)) return;
  if (plan.fail_allocations && !fail_allocations(plan, first_failing_cycle(plan.reloads))) return;
  validate_slabs();
  report_unreachable(plan);
  if (!plan.keep) unload_stock(plan);
}

void PlanRun::report_error(std::string text) { port_.send(GuestErrorMessage{std::move(text)}); }

void PlanRun::report_taint(TaintWhen when) {
  constexpr const char* kTainted = "/proc/sys/kernel/tainted";
  TaintMessage message{when, 0};
  const auto text = base::read_file(kTainted);
  if (!text) return report_error(text.error());
  const auto mask = base::parse_number<std::uint64_t>(text->substr(0, text->find('\n')));
  if (!mask) {
    return report_error(std::string(kTainted) + " holds \"" + *text + "\", which is not a number");
  }
  message.mask = *mask;
  forward_log();
  port_.send(message);
}

void PlanRun::finish() {
  kmsg_.end_last_line();
  forward_log();
  auto unchecked = probe_ ? probe_->unchecked() : std::vector<Unchecked>();
  if (!watch_.unwatched().empty()) unchecked.push_back({kUncheckedCalls, watch_.unwatched()});
  port_.send(EndMessage{log_records_, steps_, leaks_, base::monotonic_us(), std::move(unchecked),
                        failures_, probe_ && probe_->has_scanned()});
  port_.flush();
  port_.drain();
}

}  // namespace kmod::vm
