// SPDX-License-Identifier: MIT OR GPL-2.0-only
#ifndef TESTS_VM_VERDICT_OBSERVED_RUN_H_
#define TESTS_VM_VERDICT_OBSERVED_RUN_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "kmod_rules/private/vm/verdict/judge.h"

// Runs of one module, "hello", which the tests of judge() modify.
namespace kmod::vm {

inline const Step kLoad{StepKind::kLoad, 0, "hello"};
inline const Step kUnload{StepKind::kUnload, 0, "hello"};

inline const char* const kWarning =
    "WARNING: CPU: 0 PID: 78 at a.c:5 hello_init+0x11/0x1000 [hello]";
inline const char* const kOops = "BUG: kernel NULL pointer dereference, address: 0000000000000000";
inline const char* const kPanic = "Kernel panic - not syncing: dying on purpose";

inline Expectation wanted() {
  return {
      .modules = {{"hello", 0}}, .programs = {}, .lines = {Pattern("hello: hi"), Pattern("bye")}};
}

inline void log(Observation& seen, std::string text, bool during_steps = true) {
  const std::uint64_t sequence = seen.log.size();
  seen.log.push_back({{sequence, sequence * 1000, 6, std::move(text)}, during_steps});
  if (seen.end) ++seen.end->log_records;
}

// Adds a line that the kernel prints on the console. Records of log() have the times 0, 1000, …
inline void print(Observation& seen, std::uint64_t time_us, std::string text) {
  seen.console.push_back(format_record({.time_us = time_us, .text = text}));
  seen.kernel_console.push_back({time_us, std::move(text)});
}

// A run that passes.
inline Observation good() {
  Observation seen;
  seen.qemu_exit = QemuExit{false, 0};
  seen.ready = true;
  print(seen, 0, "Linux version 6.1.0");
  print(seen, 1000, "hello: hi");
  seen.taint_before = TaintMessage{TaintWhen::kBeforeModules, 0};
  seen.taint_after = TaintMessage{TaintWhen::kAfterModules, kTaintExpected};
  seen.begun = {{kLoad}, {kUnload}};
  seen.steps = {{kLoad, StepOutcome::kReturned, 0, 700}, {kUnload, StepOutcome::kReturned, 0, 300}};
  seen.program_output = {"", ""};
  seen.end = EndMessage{0, 2, 0, 2'000'000};
  log(seen, "Linux version 6.1.0", false);
  log(seen, "hello: hi");
  log(seen, "bye");
  return seen;
}

// A run that stopped before its end record.
inline Observation cut_short(Stop stop) {
  Observation seen = good();
  seen.qemu_exit.reset();
  seen.stop = stop;
  seen.limit_ms = 5'500;
  seen.steps.clear();
  seen.begun.pop_back();
  seen.taint_after.reset();
  seen.end.reset();
  return seen;
}

inline Observation not_booted() {
  Observation seen;
  seen.qemu_exit = QemuExit{false, 0};
  print(seen, 0, "Linux version 6.1.0");
  return seen;
}

inline void expect(const Observation& seen, const Expectation& expectation, Verdict verdict,
                   std::string_view reason) {
  const Judgment judgment = judge(seen, expectation);
  EXPECT_EQ(verdict_name(judgment.verdict), verdict_name(verdict));
  EXPECT_EQ(judgment.reason, reason);
  // A JUnit file must show a failure for every verdict except a pass.
  const bool any_failed = std::ranges::find(judgment.checks, CheckState::kFailed, &Check::state) !=
                          judgment.checks.end();
  EXPECT_EQ(any_failed, verdict != Verdict::kPass);
  EXPECT_EQ(judgment.checks.back().name, "verdict");
}

inline void expect(const Observation& seen, Verdict verdict, std::string_view reason) {
  expect(seen, wanted(), verdict, reason);
}

}  // namespace kmod::vm

#endif  // TESTS_VM_VERDICT_OBSERVED_RUN_H_
